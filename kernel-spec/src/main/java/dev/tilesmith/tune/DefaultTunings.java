package dev.tilesmith.tune;

import dev.tilesmith.spec.Target;
import java.util.EnumMap;
import java.util.Map;

/** The values that targets are tuned by where no profile says otherwise. */
final class DefaultTunings {
    private DefaultTunings() {}

    /** Those of a target: what was measured on x86 serves the others, which were not measured on hardware. */
    static Map<Knob, Long> of(Target target) {
        return switch (target) {
            case AVX2, AVX_VNNI, AVX512, AVX512_VNNI -> x86();
            case NEON_DOTPROD, NEON_I8MM, SME, SME2 -> x86();
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> java();
        };
    }

    /** As on x86, but that the sums of a block, and what the JVM does meanwhile, have half of the cache. */
    private static Map<Knob, Long> java() {
        final Map<Knob, Long> values = x86();
        values.put(Knob.LHS_SHARE_OF_L2, 4L);
        return values;
    }

    /** Measured on Zen 5 and Zen 3 (docs/figures.md has the commands). */
    private static Map<Knob, Long> x86() {
        final EnumMap<Knob, Long> values = new EnumMap<>(Knob.class);
        values.put(Knob.TILES_PER_BLOCK, 10L);
        values.put(Knob.FETCH_NEAR, 2048L);
        values.put(Knob.FETCH_FAR, 10L << 10);
        values.put(Knob.FETCH_FAR_FROM, 8L << 20);
        values.put(Knob.LHS_SHARE_OF_L2, 5L);
        values.put(Knob.LEAST_K_BLOCK, 256L);
        values.put(Knob.ROWS_IN_CONFLICT, 8L);
        values.put(Knob.TILES_TO_DECODE, 3L);
        values.put(Knob.TILES_TO_LOOK_UP, 2L);
        values.put(Knob.ASIDE_BYTES, 1L << 20);
        values.put(Knob.COPY_BYTES, 256L << 10);
        values.put(Knob.PARTS_PER_THREAD, 4L);
        values.put(Knob.TILES_OF_A_PART, 4L);
        values.put(Knob.COLUMNS_OF_A_PART, 256L);
        values.put(Knob.WORTH_A_THREAD, 1L << 18);
        values.put(Knob.ROWS_THAT_HIDE_WEIGHTS, 4L);
        return values;
    }
}
