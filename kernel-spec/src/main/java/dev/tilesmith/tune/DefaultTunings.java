package dev.tilesmith.tune;

import java.util.EnumMap;
import java.util.Map;

/** The values that targets are tuned by where no profile says otherwise. */
final class DefaultTunings {
    /** Measured on Zen 5 and Zen 3 (docs/figures.md has the commands). */
    static final Tuning X86 = new Tuning(common());

    /** Not measured on hardware: as for x86. */
    static final Tuning NEON = X86;

    /** Not measured on hardware: as for x86. */
    static final Tuning SME = X86;

    /** As for x86, where it was measured. */
    static final Tuning JAVA = X86;

    private DefaultTunings() {}

    private static Map<Knob, Long> common() {
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
