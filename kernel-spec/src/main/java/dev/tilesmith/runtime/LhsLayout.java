package dev.tilesmith.runtime;

import dev.tilesmith.spec.Target;

/**
 * How a target's int8 code wants the rows of its left operand: in groups, {@code [k/kr][rows][kr]} values, and after them
 * the zero point and the inverse scale of each row of the group.
 *
 * <p>For weights of four bits, or of two, values are in blocks along K, as the weights are, signed on every target; before
 * the values of a block is an int32 for each row of the group, which its sums begin with: {@code -8 Σ q}, since weights of
 * four bits are offset by 8; of two bits, {@code t Σ q}, where t is the smallest value of their table. Where rows are taken
 * in pairs it is there twice, for two columns; and where blocks have scales, it has the bits of 12582912f added, so that
 * the bits of a sum are those of that float and the sum together. Outer products take the 8 off the weights instead: for them values are as for int8, but of each four that lie together the
 * second and the third change places, since a byte of the weights has values that are two apart.
 *
 * @param rows rows of a group
 * @param kr values of a row that lie together
 * @param valueBytes bytes of a value
 * @param int4 whether values are in blocks, for weights of four bits or of two
 */
public record LhsLayout(int rows, int kr, int valueBytes, boolean int4) {
    /** Values that a quantizer may write beyond the end of a row's. */
    private static final int SLACK = 64;

    /** Values of a row that lie together for outer products of int8, and of weights of four bits. */
    private static final int OUTER_KR = 4;

    /** The layout of a family. */
    static LhsLayout of(Family family) {
        if (ofAnyRows(family.target()) && family.layout().isInt4()) {
            return new LhsLayout(family.maxMr(), OUTER_KR, Byte.BYTES, false);
        }
        final int kr = family.layout().kr();
        final int rows = ofAnyRows(family.target()) ? family.maxMr() : rows(family.target());
        return new LhsLayout(
                rows, kr, kr == 2 ? Short.BYTES : Byte.BYTES, family.layout().isUnsigned());
    }

    /** Rows of a group: tiles begin with a group. */
    public static int rows(Target target) {
        return switch (target) {
            case NEON_I8MM -> 2;
            default -> 1;
        };
    }

    /** Whether a group is a tile and has as many rows: predicates end it. */
    static boolean ofAnyRows(Target target) {
        return target == Target.SME || target == Target.SME2;
    }

    /** The same with fewer rows in a group. */
    LhsLayout withRows(int fewer) {
        return new LhsLayout(fewer, kr, valueBytes, int4);
    }

    /** Bytes of the values of a group, and of what its blocks' sums begin with. */
    long values(PackedRhs rhs) {
        final int k = rhs.k();
        if (int4) {
            final long blocks = rhs.blocks();
            return (roundUp(k, PanelLayout.INT4_GROUP) + blocks * beginningBytes()) * rows;
        }
        return roundUp(k, kr) * valueBytes * rows;
    }

    private int beginningBytes() {
        return kr == 8 ? 2 * Integer.BYTES : Integer.BYTES;
    }

    private static long roundUp(int value, int multiple) {
        return ((long) value + multiple - 1) / multiple * multiple;
    }

    /** Bytes from one group to the next: whole cache lines, and not such that groups meet in the same sets. */
    long stride(PackedRhs rhs) {
        final long bytes = values(rhs) + (long) rows * QuantizerArguments.ROW_METADATA + (long) SLACK * valueBytes;
        return RowSpacing.spread(bytes);
    }

    /** Bytes of so many rows. */
    long bytes(PackedRhs rhs, int count) {
        return (count + rows - 1L) / rows * stride(rhs);
    }
}
