package dev.tilesmith.sweep.report;

import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Knob;
import java.util.Map;
import java.util.stream.Collectors;

/** Short names, and the class of the colour that a target has in every chart. */
final class Naming {
    private Naming() {}

    /** A target's colour: a target keeps it, whichever others there are. No architecture has two of one colour. */
    static String colour(Target target) {
        return "t"
                + switch (target) {
                    case AVX2, NEON_DOTPROD -> 0;
                    case VECTOR_256 -> 1;
                    case VECTOR_128 -> 2;
                    case AVX512, SME -> 3;
                    case AVX512_VNNI, SME2 -> 4;
                    case AMX, NEON_BF16 -> 8;
                    case AVX512_BF16 -> 9;
                    case SCALAR -> 5;
                    case VECTOR_512 -> 6;
                    case AVX_VNNI, NEON_I8MM -> 7;
                };
    }

    /** Values that a register of a target holds when it holds results; 1 where its length is not known. */
    static int lanes(Target target) {
        return switch (target) {
            case SCALAR, SME, SME2 -> 1;
            case VECTOR_128, NEON_DOTPROD, NEON_I8MM, NEON_BF16 -> 4;
            case VECTOR_256, AVX2, AVX_VNNI -> 8;
            case VECTOR_512, AVX512, AVX512_VNNI, AVX512_BF16, AMX -> 16;
        };
    }

    /** Rows and columns of a tile, and its schedule where it is not the usual one: {@code 6x16 x2 nofetch}. */
    static String tile(Variant variant) {
        return (variant.mr() + "x" + variant.nr() + " " + schedule(variant.schedule())).strip();
    }

    /** What a schedule has other than the usual one; empty for that one. */
    static String schedule(Schedule schedule) {
        final String unrolled = schedule.unroll() == 1 ? "" : "x" + schedule.unroll();
        return (unrolled
                        + switch (schedule.prefetch()) {
                            case AHEAD -> "";
                            case NONE -> " nofetch";
                        })
                .strip();
    }

    /** Settings, or that they are the target's own. */
    static String knobs(Map<Knob, Long> knobs) {
        return knobs.isEmpty()
                ? "the target’s own"
                : knobs.entrySet().stream()
                        .map(setting -> setting.getKey().code() + " " + setting.getValue())
                        .collect(Collectors.joining(", "));
    }
}
