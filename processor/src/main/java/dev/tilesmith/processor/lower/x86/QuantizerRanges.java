package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Gpr.RSI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the bounds of four rows at once, from 0 on, and leaves them in the first four lanes of the first registers of either: what comes
 * after the values is the same for four rows as for one.
 */
final class QuantizerRanges {
    /** Rows that are taken at once. */
    static final int ROWS = 4;

    private static final Gpr STRIDE = R14;
    private static final Gpr THREE_STRIDES = R15;

    /** What is read of the first row. */
    private static final Gpr AT = RAX;

    private static final Gpr END = RDX;

    /** The first of three registers that take turns. */
    private static final int VALUE = 2 * ROWS;

    private final Assembler asm;
    private final QuantizerVectors vectors;
    private final QuantizerTail tail;
    private int turn;

    QuantizerRanges(QuantizerVectors vectors, QuantizerTail tail) {
        this.asm = vectors.asm();
        this.vectors = vectors;
        this.tail = tail;
    }

    void emit() {
        final Label afterChunks = new Label("ranges_tail");
        final Label done = new Label("ranges_done");
        for (int i = 0; i < 2 * ROWS; i++) {
            vectors.clear(i);
        }
        asm.emit(MOV, STRIDE, mem(RDI, QuantizerArguments.SOURCE_STRIDE));
        asm.emit(LEA, THREE_STRIDES, mem(STRIDE, STRIDE, 2, 0));
        asm.emit(MOV, AT, RSI);
        asm.emit(TEST, R11, R11);
        asm.emit(JE, afterChunks);
        chunks();
        asm.bind(afterChunks);
        tail.skip(done, END);
        eachVector((value, row, v) -> tail.load(value, v, source(row, v)));
        asm.bind(done);
        final Vec scratch = vectors.vector(VALUE);
        Lanes.reduceEach(asm, vectors.isa(), VMINPS, each(0), scratch);
        Lanes.reduceEach(asm, vectors.isa(), VMAXPS, each(ROWS), scratch);
    }

    private void chunks() {
        final Label loop = new Label("ranges");
        asm.emit(LEA, END, mem(AT, R11, 1, 0));
        asm.align(32);
        asm.bind(loop);
        eachVector((value, row, v) -> asm.emit(VMOVUPS, value, source(row, v)));
        asm.emit(ADD, AT, new Imm(vectors.chunkBytes()));
        asm.emit(CMP, AT, END);
        asm.emit(JNE, loop);
    }

    private interface Loading {
        void load(Vec value, int row, int vector);
    }

    /** min and max give their second source where the first is NaN. */
    private void eachVector(Loading loading) {
        for (int v = 0; v < QuantizerVectors.AT_ONCE; v++) {
            for (int row = 0; row < ROWS; row++) {
                final Vec value = vectors.vector(VALUE + turn++ % 3);
                loading.load(value, row, v);
                final Vec min = vectors.vector(QuantizerRegisters.min(row));
                final Vec max = vectors.vector(QuantizerRegisters.max(row));
                asm.emit(VMINPS, min, value, min);
                asm.emit(VMAXPS, max, value, max);
            }
        }
    }

    private Mem source(int row, int vector) {
        final int at = vector * vectors.bytes();
        return switch (row) {
            case 0 -> mem(AT, at);
            case 1 -> mem(AT, STRIDE, 1, at);
            case 2 -> mem(AT, STRIDE, 2, at);
            case 3 -> mem(AT, THREE_STRIDES, 1, at);
            default -> throw new IllegalArgumentException("row: " + row + " of " + ROWS);
        };
    }

    private List<Vec> each(int first) {
        return IntStream.range(first, first + ROWS).mapToObj(vectors::vector).toList();
    }
}
