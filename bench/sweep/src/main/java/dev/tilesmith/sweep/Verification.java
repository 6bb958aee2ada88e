package dev.tilesmith.sweep;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.sweep.measure.Clock;
import dev.tilesmith.sweep.measure.Contender;
import dev.tilesmith.sweep.measure.Pace;
import dev.tilesmith.sweep.measure.Turns;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.stand.KernelStand;
import dev.tilesmith.sweep.stand.KernelStands;
import dev.tilesmith.sweep.statistic.Estimate;
import dev.tilesmith.sweep.store.Entry.Measured;
import dev.tilesmith.tune.TuningProfile;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Measures what the table chooses by a profile beside the best of the sweep: it should be as fast. What the table chooses without
 * the profile has its turns too, which tells what the profile gains.
 */
final class Verification {
    /** At most: turns end when times are known well. */
    private static final Duration OF_A_SHAPE = Duration.ofSeconds(10);

    private static final double GOAL = 1.02;

    private final DispatchTable<? extends MatMulKernel> table;
    private final KernelStands stands;
    private final Clock clock;
    private final Pace pace;
    private final TuningProfile profile;

    Verification(
            DispatchTable<? extends MatMulKernel> table,
            KernelStands stands,
            Clock clock,
            Pace pace,
            TuningProfile profile) {
        this.table = table;
        this.stands = stands;
        this.clock = clock;
        this.pace = pace;
        this.profile = profile;
    }

    /** A line for each shape. */
    List<String> run(List<Measured> measured) {
        final MatMulKernel byProfile = table.best(profile);
        final MatMulKernel without = table.best();
        return measured.stream().map(one -> line(byProfile, without, one)).toList();
    }

    private String line(MatMulKernel byProfile, MatMulKernel without, Measured measured) {
        try (KernelStand stand = stands.open(measured.shape())) {
            final Candidate best = measured.best().candidate();
            final Contender<String> ofSweep = new Contender<>("best", stand.ready(best));
            final Contender<String> chosen = new Contender<>("chosen", stand.ready(byProfile));
            final Contender<String> unaided = new Contender<>("unaided", stand.ready(without));
            new Turns<String>(clock, 1, () -> {})
                    .all(List.of(ofSweep, chosen, unaided), clock.nanos() + OF_A_SHAPE.toNanos(), pace);
            final Estimate ratio = chosen.timesAsLongAs(ofSweep);
            return measured.shape() + ": what the table chooses takes " + text(ratio) + " of what " + best + " takes"
                    + judged(ratio) + "; without the profile " + text(unaided.timesAsLongAs(ofSweep));
        }
    }

    private static String text(Estimate ratio) {
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", ratio.median(), ratio.low(), ratio.high());
    }

    private static String judged(Estimate ratio) {
        if (ratio.low() > GOAL) {
            return ", more than " + GOAL;
        }
        return ratio.high() > GOAL ? ", which may be more than " + GOAL : "";
    }
}
