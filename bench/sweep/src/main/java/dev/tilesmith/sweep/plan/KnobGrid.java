package dev.tilesmith.sweep.plan;

import dev.tilesmith.tune.Knob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Which values of a knob are tried beside the one it has, and which knobs. */
public final class KnobGrid {
    /** A range no longer than this is tried as a whole. */
    private static final long SHORT = 8;

    private static final double[] FACTORS = {0.25, 0.5, 2, 4};

    /** Those that what is measured on one thread tells. */
    private static final List<Knob> ALONE =
            List.of(Knob.FETCH_NEAR, Knob.FETCH_FAR, Knob.TILES_PER_BLOCK, Knob.LHS_SHARE_OF_L2, Knob.LEAST_K_BLOCK);

    /** Those that it takes threads for. */
    private static final List<Knob> TOGETHER =
            List.of(Knob.PARTS_PER_THREAD, Knob.TILES_OF_A_PART, Knob.COLUMNS_OF_A_PART);

    private KnobGrid() {}

    /** What is tried where nobody says otherwise. */
    public static List<Knob> usual(int threads) {
        final List<Knob> knobs = new ArrayList<>(ALONE);
        if (threads > 1) {
            knobs.addAll(TOGETHER);
        }
        return knobs;
    }

    /** The values to try beside {@code value}, ascending. */
    public static List<Long> around(Knob knob, long value) {
        final LongStream tried = knob.most() - knob.least() < SHORT
                ? LongStream.rangeClosed(knob.least(), knob.most())
                : Arrays.stream(FACTORS).mapToLong(factor -> Math.round(value * factor));
        return tried.map(one -> Math.clamp(one, knob.least(), knob.most()))
                .filter(one -> one != value)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }
}
