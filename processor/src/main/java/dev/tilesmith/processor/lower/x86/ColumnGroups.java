package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.BZHI;
import static dev.tilesmith.processor.asm.x86.Op.KMOVQ;
import static dev.tilesmith.processor.asm.x86.Op.MOV;

import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Product;

/**
 * Groups of four columns of an image, as one function of a depthwise convolution lays them and the other multiplies them: of a panel's 64
 * channels four vectors, in each of which a channel has 32 bits.
 */
final class ColumnGroups {
    /** What is summed of them. */
    static final Contraction CONTRACTION = Contraction.byColumn(Product.DOT_OF_FOUR_BY_COLUMN, Stored.INT8);

    /** Bytes of a vector. */
    static final int VECTOR = 64;

    /** Vectors of a group. */
    static final int VECTORS = DepthwiseInt8Arguments.TAPS;

    /** Those of panels that have no more channels than these hold. */
    static final int HALF = VECTORS / 2;

    /** Bytes of a group. */
    static final int BYTES = VECTORS * VECTOR;

    /** A bit for each channel of the last panel. */
    static final Mask LAST = new Mask(1);

    private static final int[] TURNED = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};

    private ColumnGroups() {}

    /** Where the 32 bits of a vector come from when, of four by four, rows become columns. */
    static Mem turned(Assembler asm) {
        return Mem.at(asm.constant(TURNED, VECTOR));
    }

    /** Sets {@link #LAST}, by registers that it leaves with anything. */
    static void setLast(Assembler asm) {
        asm.emit(MOV, RCX, argument(DepthwiseInt8Arguments.LAST_COLUMNS));
        asm.emit(MOV, RAX, new Imm(-1));
        asm.emit(BZHI, RAX, RAX, RCX);
        asm.emit(KMOVQ, LAST, RAX);
    }

    /** An argument of the functions. */
    static Mem argument(int offset) {
        return mem(RDI, offset);
    }
}
