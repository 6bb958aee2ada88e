package dev.tilesmith.runtime;

import dev.tilesmith.spec.Target;

/**
 * How a target's int8 code wants the rows of its left operand: in groups, {@code [k/kr][rows][kr]} values, and after them
 * the zero point and the inverse scale of each row of the group.
 *
 * @param rows rows of a group
 * @param kr values of a row that lie together
 * @param valueBytes bytes of a value
 */
public record LhsLayout(int rows, int kr, int valueBytes) {
    /** Values that a quantizer may write beyond the end of a row's. */
    private static final int SLACK = 64;

    /** The layout of a family. */
    static LhsLayout of(Family family) {
        final int kr = family.layout().kr();
        final int rows = ofAnyRows(family.target()) ? family.maxMr() : rows(family.target());
        return new LhsLayout(rows, kr, kr == 2 ? Short.BYTES : Byte.BYTES);
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
        return new LhsLayout(fewer, kr, valueBytes);
    }

    /** Bytes of the values of a group. */
    long values(int k) {
        return ((long) k + kr - 1) / kr * kr * valueBytes * rows;
    }

    /** Bytes from one group to the next: whole cache lines, and not such that groups meet in the same sets. */
    long stride(int k) {
        final long bytes = values(k) + (long) rows * QuantizerArguments.ROW_METADATA + (long) SLACK * valueBytes;
        return RowSpacing.spread(bytes);
    }

    /** Bytes of so many rows. */
    long bytes(int k, int count) {
        return (count + rows - 1L) / rows * stride(k);
    }
}
