package dev.tilesmith.tune;

import dev.tilesmith.spec.Target;
import java.util.EnumMap;
import java.util.Map;

/**
 * The values that targets are tuned by where no profile says otherwise, and how each is known: docs/tuning.md prints them, and
 * the lab log and the decisions that are named here say what was measured.
 */
final class DefaultTunings {
    private static final String ZEN5 = "Zen 5: ";
    private static final String GRANITE_RAPIDS = "Granite Rapids: ";
    private static final String AS_ON_X86 = "as on x86; not measured on Arm hardware";

    private DefaultTunings() {}

    /** Those of a target. */
    static Map<Knob, Long> of(Target target) {
        final EnumMap<Knob, Long> values = new EnumMap<>(Knob.class);
        known(target).forEach((knob, known) -> values.put(knob, known.value()));
        return values;
    }

    /** Those of a target, and how each is known. */
    static Map<Knob, Known> known(Target target) {
        return switch (target) {
            case AVX2, AVX_VNNI, AVX512, AVX512_VNNI, AVX512_BF16, AMX -> x86();
            case NEON_DOTPROD, NEON_I8MM, NEON_BF16, SME, SME2 -> arm();
            case SCALAR, VECTOR_128, VECTOR_256, VECTOR_512 -> java();
        };
    }

    /**
     * A value, and how it is known.
     *
     * @param value in the knob's unit
     * @param how on what it was measured, or why it was not
     */
    record Known(long value, String how) {}

    /** What measures a knob's value again: options of {@code dev.tilesmith.sweep.Main <declaration>}. */
    static String measuredAgainBy(Knob knob) {
        return "--knob " + knob.code()
                + switch (knob) {
                    case TILES_PER_BLOCK,
                            FETCH_NEAR,
                            FETCH_FAR,
                            FETCH_FAR_FROM,
                            LHS_SHARE_OF_L2,
                            LEAST_K_BLOCK,
                            ROWS_IN_CONFLICT,
                            TILES_TO_DECODE,
                            TILES_TO_LOOK_UP,
                            ROWS_FOR_TILES,
                            ROWS_FOR_BLOCK_TILES,
                            ASIDE_BYTES,
                            BRIEF_BYTES,
                            BRIEF_WORK -> "";
                    case PARTS_PER_THREAD, TILES_OF_A_PART, COLUMNS_OF_A_PART, WORTH_A_THREAD, ROWS_THAT_HIDE_WEIGHTS ->
                        " --threads 2";
                };
    }

    private static Map<Knob, Known> x86() {
        final EnumMap<Knob, Known> values = new EnumMap<>(Knob.class);
        put(values, Knob.TILES_PER_BLOCK, 10, ZEN5 + "2 to 25 are alike (lab log, 1024³)");
        put(values, Knob.FETCH_NEAR, 2048, ZEN5 + "lab log, how far ahead weights are fetched");
        put(values, Knob.FETCH_FAR, 10 << 10, ZEN5 + "lab log, how far ahead weights are fetched");
        put(values, Knob.FETCH_FAR_FROM, 8 << 20, ZEN5 + "4 to 12 MB differ by some percent (lab log)");
        put(values, Knob.LHS_SHARE_OF_L2, 5, "not measured by itself");
        put(values, Knob.LEAST_K_BLOCK, 256, ZEN5 + "256 to 512 are alike (lab log, 1024³)");
        put(values, Knob.ROWS_IN_CONFLICT, 8, "the ways of a first-level cache; not measured by itself");
        put(
                values,
                Knob.TILES_TO_DECODE,
                2,
                GRANITE_RAPIDS + "AMX alone, of blocks (lab log, blocks by tile registers)");
        put(values, Knob.TILES_TO_LOOK_UP, 2, "not used: tiles decode for themselves");
        put(
                values,
                Knob.ROWS_FOR_TILES,
                5,
                GRANITE_RAPIDS + "AMX alone: 4 and 5 are alike (lab log, int8 by tile registers)");
        put(values, Knob.ROWS_FOR_BLOCK_TILES, 9, GRANITE_RAPIDS + "AMX alone (lab log, blocks by tile registers)");
        put(values, Knob.ASIDE_BYTES, 1 << 20, "chosen to stay in a cache; not measured by itself");
        put(values, Knob.BRIEF_BYTES, 256 << 10, "some 15 microseconds; not measured by itself");
        put(values, Knob.BRIEF_WORK, 1 << 23, GRANITE_RAPIDS + "collections wait 0.1 to 0.2 ms (decision 0075)");
        put(values, Knob.PARTS_PER_THREAD, 4, ZEN5 + "two threads (decision 0014)");
        put(values, Knob.TILES_OF_A_PART, 4, ZEN5 + "two threads (decision 0014)");
        put(values, Knob.COLUMNS_OF_A_PART, 256, ZEN5 + "two threads (decision 0014)");
        put(values, Knob.WORTH_A_THREAD, 1 << 18, ZEN5 + "two threads (decision 0014)");
        put(values, Knob.ROWS_THAT_HIDE_WEIGHTS, 4, ZEN5 + "two threads (decision 0014)");
        return values;
    }

    private static Map<Knob, Known> java() {
        final Map<Knob, Known> values = x86();
        values.replaceAll((_, known) -> new Known(known.value(), "as on x86; not measured by itself"));
        put(values, Knob.LHS_SHARE_OF_L2, 4, "not measured by itself: a block's sums and the JVM have the other half");
        return values;
    }

    private static Map<Knob, Known> arm() {
        final Map<Knob, Known> values = x86();
        values.replaceAll((_, known) -> new Known(known.value(), AS_ON_X86));
        put(
                values,
                Knob.TILES_TO_DECODE,
                3,
                "counted for the pipes of Neoverse (decision 0016); not measured on hardware");
        put(
                values,
                Knob.TILES_TO_LOOK_UP,
                2,
                "llvm-mca's models of Neoverse (decision 0018); not measured on hardware");
        return values;
    }

    private static void put(Map<Knob, Known> values, Knob knob, long value, String how) {
        values.put(knob, new Known(value, how));
    }
}
