package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import java.util.List;

/**
 * What general registers and masks hold in the function of a family's tiles, and what of it is in the argument block for lack of
 * registers. Those that are not named here, rbx, rbp and r12, hold what {@link LhsRows} keep of their rows; within a tile's
 * steps these have rax too, and r14 unless the tile has columns of two panels.
 */
final class FamilyRegisters {
    static final Gpr ARGUMENTS = Gpr.RDI;

    /** First row of the left operand. */
    static final Gpr LHS = Gpr.RSI;

    /** Values of the panel at hand. */
    static final Gpr RHS = Gpr.RDX;

    /** First result of the panel at hand. */
    static final Gpr DST = Gpr.RCX;

    /** First row of the tile. */
    static final Gpr TILE_LHS = Gpr.R9;

    /** First result of the tile. */
    static final Gpr TILE_DST = Gpr.R10;

    /** Where the height of the next tile is. */
    static final Gpr HEIGHTS = Gpr.R11;

    /** Values of the step at hand in the panel. */
    static final Gpr RHS_AT = Gpr.R8;

    /** Row of the result at hand, where no step is. */
    static final Gpr DST_AT = Gpr.R8;

    /** Steps, groups or blocks still to do, the one at hand among them. */
    static final Gpr COUNT = Gpr.R13;

    /** The panel's metadata, where no step is. */
    static final Gpr METADATA_AT = Gpr.R13;

    /** Bytes to the next panel, in a tile that has columns of both. */
    static final Gpr PANEL_STRIDE = Gpr.R14;

    /** The place to fetch ahead. */
    static final Gpr FETCH = Gpr.R15;

    /** Holds nothing for long, but within steps. */
    static final Gpr SCRATCH = Gpr.RAX;

    /** Two more such, between tiles. */
    static final Gpr SCRATCH_2 = Gpr.R8;

    static final Gpr SCRATCH_3 = Gpr.R13;

    /** The caller's, by the System V convention. */
    static final List<Gpr> SAVED = List.of(Gpr.RBX, Gpr.RBP, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15);

    /** int64 of the argument block's state: where the panel's metadata are. */
    static final int METADATA = NativeArguments.STATE;

    /** int64: columns of the panel at hand that are stored. */
    static final int COLUMNS = NativeArguments.STATE + 8;

    /** int64: panels still to do, the one at hand among them. */
    static final int PANELS_LEFT = NativeArguments.STATE + 16;

    /** int64: blocks still to do, the one at hand among them. */
    static final int BLOCKS_LEFT = NativeArguments.STATE + 24;

    /** int64: bytes by which a pass of several steps moves the place to fetch ahead. */
    static final int PASS_FETCH = NativeArguments.STATE + 32;

    static final Mask SCRATCH_MASK = new Mask(1);

    private static final int FIRST_COLUMN_MASK = 2;

    private FamilyRegisters() {}

    /** Which columns of a vector are stored, by AVX-512. */
    static Mask columnMask(int vector) {
        return new Mask(FIRST_COLUMN_MASK + vector);
    }

    /** The same by AVX2: ones in the lanes of those columns, in the argument block. */
    static Mem columnMaskInMemory(int vector) {
        return mem(ARGUMENTS, NativeArguments.MASKS + vector * Isa.AVX2.bits() / Byte.SIZE);
    }
}
