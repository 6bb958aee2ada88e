package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.LDP;
import static dev.tilesmith.processor.asm.aarch64.Op.SQXTN;
import static dev.tilesmith.processor.asm.aarch64.Op.SQXTN2;
import static dev.tilesmith.processor.asm.aarch64.Op.ST1;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Operand;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import java.util.Optional;

/**
 * Values of a row on their way: f32s are loaded, their integers made bytes, sixteen of them a vector, and these stored among
 * those of the other rows of a group.
 */
final class QuantizerValues {
    /** Values that are stored at once: a vector of bytes. */
    static final int AT_ONCE = 16;

    /** Vectors of so many f32s or integers. */
    static final int VECTORS = 4;

    /** The first register of values. */
    static final int FIRST = 16;

    private static final int VECTOR_BYTES = 16;

    private final Assembler asm;
    private final int temporary;
    private final Optional<Chunks> chunks;
    private final boolean interleaved;

    /**
     * How values of rows of a group lie beside each other.
     *
     * @param together values of a row that lie together: 4 or 8
     * @param stride bytes from one chunk of a row to the next: a register or a constant
     */
    record Chunks(int together, Operand stride) {}

    /**
     * The values of rows.
     *
     * @param temporary the first of two registers in which nothing is kept
     * @param chunks empty where the values of a row lie one after the other
     * @param interleaved whether values are in {@link NibbleOrder}
     */
    QuantizerValues(Assembler asm, int temporary, Optional<Chunks> chunks, boolean interleaved) {
        this.asm = asm;
        this.temporary = temporary;
        this.chunks = chunks;
        this.interleaved = interleaved;
    }

    /** Loads an even number of vectors from a pointer, which moves over them. */
    void load(Gpr from, int vectors) {
        for (int v = 0; v < vectors; v += 2) {
            asm.emit(LDP, Scalar.q(FIRST + v), Scalar.q(FIRST + v + 1), Mem.at(from, v * (long) VECTOR_BYTES));
        }
        asm.emit(ADD, from, from, new Imm(vectors * (long) VECTOR_BYTES));
    }

    /** Makes bytes of sixteen integers, in the first of their registers; of those beyond a byte the nearest. */
    void narrow(int first) {
        final V low = V.h8(temporary);
        final V high = V.h8(temporary + 1);
        asm.emit(SQXTN, low.as(Arrangement.H4), V.s4(first));
        asm.emit(SQXTN2, low, V.s4(first + 1));
        asm.emit(SQXTN, high.as(Arrangement.H4), V.s4(first + 2));
        asm.emit(SQXTN2, high, V.s4(first + 3));
        asm.emit(SQXTN, new V(first, Arrangement.B8), low);
        asm.emit(SQXTN2, V.b16(first), high);
    }

    /** Stores the first of sixteen bytes, and moves the pointer over it. */
    void storeFirst(Gpr to) {
        asm.emit(ST1, RegisterList.list(new V(FIRST, Arrangement.B), 1).lane(0), Mem.after(to, 1));
    }

    /** Whether values are in another order than that of the row. */
    boolean areInterleaved() {
        return interleaved;
    }

    /** Brings sixteen bytes into the order of the weights. */
    void interleave(int bytes) {
        if (interleaved) {
            NibbleOrder.emit(asm, bytes, temporary);
        }
    }

    /** Stores sixteen bytes, and moves the pointer to where the next of the row go. */
    void store(int bytes, Gpr to) {
        interleave(bytes);
        chunks.ifPresentOrElse(
                apart -> storeApart(bytes, apart, to),
                () -> asm.emit(STR, Scalar.q(bytes), Mem.after(to, VECTOR_BYTES)));
    }

    private void storeApart(int bytes, Chunks apart, Gpr to) {
        final V parts = new V(bytes, apart.together() == Long.BYTES ? Arrangement.D : Arrangement.S);
        for (int chunk = 0; chunk < AT_ONCE / apart.together(); chunk++) {
            asm.emit(ST1, RegisterList.list(parts, 1).lane(chunk), Mem.at(to));
            asm.emit(ADD, to, to, apart.stride());
        }
    }
}
