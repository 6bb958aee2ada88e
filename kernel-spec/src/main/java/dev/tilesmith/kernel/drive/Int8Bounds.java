package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.runtime.RunOptions;

/** Bounds on results that are integers: of int8, in their own quantized terms; of sums, none. */
final class Int8Bounds {
    private Int8Bounds() {}

    /** Fails if bounds are given that results of a family cannot have. */
    static void check(PanelFamily family, RunOptions options) {
        switch (family.layout().result()) {
            case FLOATS, F16, BF16 -> {}
            case SUMS -> {
                if (options.clamped()) {
                    throw new IllegalArgumentException("clamp: given; sums in I32 are exact, and are not bounded");
                }
            }
            case INT8 -> {
                checkWhole(options.clampMin());
                checkWhole(options.clampMax());
            }
        }
    }

    private static void checkWhole(float bound) {
        if (!Float.isInfinite(bound) && bound != Math.rint(bound)) {
            throw new IllegalArgumentException(
                    "clamp: " + bound + "; results are int8: expected an integer, in quantized terms");
        }
    }

    /** A bound as an int8. */
    static int bound(float bound) {
        return (int) Math.clamp(bound, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }
}
