package dev.tilesmith.kernel.layout;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.kernel.target.RowGroups;
import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.spec.Target;

/**
 * How a target's int8 code wants the rows of its left operand: in groups, {@code [k/kr][rows][kr]} values, and after them
 * the zero point and the inverse scale of each row of the group.
 *
 * <p>For weights of four bits, or of two, values are in blocks along K, as the weights are, signed on every target; before
 * the values of a block is an int32 for each row of the group, which its sums begin with: {@code -8 Σ q}, since weights of
 * four bits are offset by 8; of two bits, {@code t Σ q}, where t is the smallest value of their table. Where rows are taken
 * in pairs it is there twice, for two columns; and where blocks have scales, on Arm it has the bits of 12582912f added, so
 * that the bits of a sum are those of that float and the sum together.
 *
 * <p>Where code makes weights signed, nothing is to be taken off, and values are as for int8. Outer products take the 8 off
 * weights of four bits: of each four values that lie together the second and the third change places then, since a byte of
 * the weights has values that are two apart. All code for Arm looks up weights of two bits as they are: values are zero up to
 * a whole {@code step}, for what such weights have beyond the end is not.
 *
 * <p>Rows that are quantized in blocks, {@code QSI8D32}, are alike, but after the values of a block is its scale, as an
 * f32. What is before them is {@code -8 Σ q} for weights from -8 to 7, and {@code scale * Σ q} as an f32 for weights with
 * minima. For weights of eight bits it is {@code -128 Σ q} where these are offset as they are read, else nothing is there.
 * On Arm an int32 has the bits of 12582912f added; where rows are taken in pairs both are there twice.
 * Outer products have nothing there but for minima; a block of a group is {@code [10][rows]} 32 bits for them: what is
 * before the values of all rows, the values of all, the scales of all.
 *
 * <p>Rows of BF16 that are multiplied in pairs, as they are, have nothing beside their values: zeros up to a whole {@code step}. Where rows are
 * taken in pairs a group is {@code [k/4][2][4]} values, of which those of a second row that is not there are zeros.
 *
 * @param rows rows of a group
 * @param kr values of a row that lie together
 * @param valueBytes bytes of a value
 * @param blockMetadata bytes beside the values of a block; 0 where there are no blocks
 * @param step values along K that the code takes at a time
 * @param lead bytes before the first group: so many that the values of rows are at whole lines where tile registers load them
 */
public record LhsLayout(int rows, int kr, int valueBytes, int blockMetadata, int step, int lead) {
    private static final int LINE = 64;

    /** Values that a quantizer may write beyond the end of a row's. */
    private static final int SLACK = 64;

    /** Values of a row that lie together for outer products of bytes, whatever the bits of the weights. */
    public static final int OUTER_KR = 4;

    /** Values of a row that are widened to 16 bits where so many lie together: instructions multiply pairs of them. */
    private static final int WIDENED_KR = 2;

    /** The layout of a family. */
    public static LhsLayout of(PanelFamily family) {
        final PanelLayout layout = family.layout();
        final RowGroups groups = TargetTraits.rowGroups(family.target());
        final boolean outer =
                groups == RowGroups.TILES && layout.weights().stored().sharesBytes();
        final int blockMetadata = blockMetadata(family, groups);
        return new LhsLayout(
                rows(family, groups),
                outer ? OUTER_KR : layout.kr(),
                layout.pairsHalves() || (!outer && layout.kr() == WIDENED_KR) ? Short.BYTES : Byte.BYTES,
                blockMetadata,
                outer && blockMetadata == 0 ? OUTER_KR : step(layout, groups),
                layout.hasBlocks() ? 0 : lead(groups, blockMetadata));
    }

    /** Code for outer products of pairs groups rows itself. */
    private static int rows(PanelFamily family, RowGroups groups) {
        return groups == RowGroups.TILES && family.layout().pairsHalves() ? 1 : groups.rows(family.maxMr());
    }

    /** Arm's code of pairs takes as many at a time as lie together, whatever zeros panels end with. */
    private static int step(PanelLayout layout, RowGroups groups) {
        return switch (groups) {
            case SINGLE, ROUNDED_UP -> layout.step();
            case PAIRS, TILES -> layout.pairsHalves() ? layout.kr() : layout.step();
        };
    }

    /** A tile register whose rows are in two lines each takes six times as long to load; those of blocks are loaded from copies. */
    private static int lead(RowGroups groups, int blockMetadata) {
        return switch (groups) {
            case SINGLE, PAIRS, TILES -> 0;
            case ROUNDED_UP -> -blockMetadata & LINE - 1;
        };
    }

    private static int blockMetadata(PanelFamily family, RowGroups groups) {
        final int times = groups == RowGroups.PAIRS ? 2 : 1;
        if (family.layout().pairsBlocks()) {
            return times * (Integer.BYTES + Float.BYTES);
        }
        return begins(family, groups) ? times * Integer.BYTES : 0;
    }

    /** Whether sums begin with what takes off again what makes weights unsigned: outer products take it off themselves. */
    private static boolean begins(PanelFamily family, RowGroups groups) {
        return switch (family.layout().weights().stored()) {
            case FLOATS, HALVES, BYTES -> false;
            case NIBBLES -> groups != RowGroups.TILES;
            case CODES -> !looksUpSigned(family);
        };
    }

    private static boolean looksUpSigned(PanelFamily family) {
        return switch (TargetTraits.of(family.target())) {
            case TargetTraits.Scalar _, TargetTraits.Vectors _ -> false;
            case TargetTraits.MachineCode code -> code.lookups() == TargetTraits.Lookups.SIGNED;
        };
    }

    /** Rows of a group where these are not those of a tile: tiles begin with a group. */
    public static int rows(Target target) {
        return TargetTraits.rowGroups(target).together();
    }

    /** Whether of each four values that lie together the second and the third change places. */
    public static boolean interleaves(PanelFamily family) {
        return TargetTraits.rowGroups(family.target()) == RowGroups.TILES
                && family.layout().weights().stored() == StoredValues.NIBBLES;
    }

    /** Whether values are in blocks, or in one of all K. */
    public boolean inBlocks() {
        return blockMetadata != 0;
    }

    /** The same with fewer rows in a group. */
    public LhsLayout withRows(int fewer) {
        return new LhsLayout(fewer, kr, valueBytes, blockMetadata, step, lead);
    }

    /** Steps along K: of a block, where there are any. */
    public long steps(PackedRhs rhs) {
        return ((long) rhs.blockLength() + step - 1) / step;
    }

    /** Bytes at the end of a group's values that must be zero where rows are shorter: a quantizer fills kr values alone. */
    public long padding(int k) {
        return inBlocks() || step == kr || k % step == 0 ? 0 : (long) step * valueBytes * rows;
    }

    /** Bytes of the values of a group, and of what its blocks have beside them. */
    public long values(PackedRhs rhs) {
        return (roundUp(rhs.k(), step) * valueBytes + (long) blocks(rhs) * blockMetadata) * rows;
    }

    /** Blocks along K: one where weights have none. */
    static int blocks(PackedRhs rhs) {
        return rhs.blockLength() == rhs.k() ? 1 : rhs.k() / rhs.blockLength();
    }

    private static long roundUp(int value, int multiple) {
        return ((long) value + multiple - 1) / multiple * multiple;
    }

    /** Bytes from one group to the next: whole cache lines, and not such that groups meet in the same sets. */
    public long stride(PackedRhs rhs) {
        final long bytes = values(rhs) + (long) rows * QuantizerArguments.ROW_METADATA + (long) SLACK * valueBytes;
        return RowSpacing.spread(bytes);
    }

    /** Bytes of so many rows, and of what is before them. */
    public long bytes(PackedRhs rhs, int count) {
        return lead + (count + rows - 1L) / rows * stride(rhs);
    }
}
