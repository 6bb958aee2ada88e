package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSDW;
import static dev.tilesmith.processor.asm.x86.Op.VPACKUSWB;
import static dev.tilesmith.processor.asm.x86.Op.VPADDSW;
import static dev.tilesmith.processor.asm.x86.Op.VPERMD;
import static dev.tilesmith.processor.asm.x86.Op.VPMAXSW;
import static dev.tilesmith.processor.asm.x86.Op.VPMINSW;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.ORDER;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.ZERO;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.ZERO_POINT;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import java.util.Arrays;

/**
 * Makes bytes, or integers of 16 bits, of a chunk of integers: finishes rounding, adds the zero point, which is offset by 128, bounds by
 * saturation, and stores all of it, whatever of it lies beyond the row.
 */
final class QuantizerPacking {
    private final Assembler asm;
    private final QuantizerVectors vectors;
    private final int elementBytes;

    QuantizerPacking(QuantizerVectors vectors, int elementBytes) {
        this.asm = vectors.asm();
        this.vectors = vectors;
        this.elementBytes = elementBytes;
    }

    /** Loads the order, which is kept. */
    void begin() {
        asm.emit(VMOVUPS, vectors.vector(ORDER), Mem.at(asm.constant(order(), vectors.bytes())));
    }

    /** Bytes that a chunk is stored in. */
    int chunkBytes() {
        return vectors.chunk() * elementBytes;
    }

    /** Stores the chunk at rdx. */
    void store(QuantizerRounding rounding) {
        final Vec first = value(0);
        final Vec second = value(2);
        asm.emit(VPACKSSDW, first, first, value(1));
        asm.emit(VPACKSSDW, second, second, value(3));
        rounding.finish(first);
        rounding.finish(second);
        asm.emit(VPADDSW, first, first, vectors.vector(ZERO_POINT));
        asm.emit(VPADDSW, second, second, vectors.vector(ZERO_POINT));
        if (elementBytes == Byte.BYTES) {
            asm.emit(VPACKUSWB, first, first, second);
            store(first, 0);
        } else {
            storeWords(first, 0);
            storeWords(second, vectors.bytes());
        }
    }

    private Vec value(int vector) {
        return vectors.vector(QuantizerRegisters.value(vector));
    }

    private void storeWords(Vec words, int at) {
        asm.emit(VPMAXSW, words, words, vectors.vector(ZERO));
        asm.emit(VPMINSW, words, words, Mem.at(words255()));
        store(words, at);
    }

    private void store(Vec packed, int at) {
        asm.emit(VPERMD, packed, vectors.vector(ORDER), packed);
        asm.emit(VMOVUPS, mem(RDX, at), packed);
    }

    private Label words255() {
        final int[] pairs = new int[vectors.isa().lanes()];
        Arrays.fill(pairs, 255 << Short.SIZE | 255);
        return asm.constant(pairs, vectors.bytes());
    }

    /**
     * Where packed values come from, in parts of 32 bits: packing goes by 128 bits of each vector, of which it takes a
     * part from each of the four, or two parts from each of two.
     */
    private int[] order() {
        final int parts = elementBytes == Byte.BYTES ? 1 : 2;
        final int packed = QuantizerVectors.AT_ONCE / parts;
        final int groups = vectors.isa().bits() / 128;
        final int[] order = new int[vectors.isa().lanes()];
        for (int i = 0; i < order.length; i++) {
            final int group = i / parts % groups;
            final int vector = i / parts / groups;
            order[i] = (group * packed + vector) * parts + i % parts;
        }
        return order;
    }
}
