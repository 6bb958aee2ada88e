package dev.tilesmith.tune;

import dev.tilesmith.tune.ShapeClass.Reach;

/**
 * A product, as the cost model sees it.
 *
 * @param m rows of the left operand, 0 or more
 * @param n output channels, 0 or more
 * @param k values that one result sums over, 0 or more
 * @param reach where the packed weights are
 */
public record Work(int m, int n, int k, Reach reach) {
    private static final int FEW = 8;
    private static final int MANY = 128;
    private static final int SIDE_IN_CACHE = 1024;
    private static final int SIDE_IN_MEMORY = 4096;

    /**
     * Checks the extents.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Work {
        requireNotNegative("m", m);
        requireNotNegative("n", n);
        requireNotNegative("k", k);
    }

    private static void requireNotNegative(String name, int extent) {
        if (extent < 0) {
            throw new IllegalArgumentException(name + ": " + extent + "; expected 0 or more");
        }
    }

    /** A product that stands for a class. */
    public static Work of(ShapeClass shape) {
        final int m =
                switch (shape.rows()) {
                    case ONE -> 1;
                    case FEW -> FEW;
                    case MANY -> MANY;
                };
        final int side =
                switch (shape.reach()) {
                    case CACHE -> SIDE_IN_CACHE;
                    case MEMORY -> SIDE_IN_MEMORY;
                };
        return new Work(m, side, side, shape.reach());
    }

    /** Its extents: {@code 8 x 1024 x 1024}. */
    @Override
    public String toString() {
        return m + " x " + n + " x " + k;
    }
}
