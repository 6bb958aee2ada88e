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
import dev.tilesmith.sweep.store.Entry.Measured;
import dev.tilesmith.tune.TuningProfile;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Measures what the table chooses by a profile beside the best of the sweep: it should be as fast. */
final class Verification {
    private static final Duration OF_A_SHAPE = Duration.ofSeconds(2);

    private final DispatchTable<?> table;
    private final KernelStands stands;
    private final Clock clock;
    private final Pace pace;
    private final TuningProfile profile;

    Verification(DispatchTable<?> table, KernelStands stands, Clock clock, Pace pace, TuningProfile profile) {
        this.table = table;
        this.stands = stands;
        this.clock = clock;
        this.pace = pace;
        this.profile = profile;
    }

    /** A line for each shape. */
    List<String> run(List<Measured> measured) {
        final MatMulKernel chosen = table.best(profile);
        return measured.stream().map(one -> line(chosen, one)).toList();
    }

    private String line(MatMulKernel chosen, Measured measured) {
        try (KernelStand stand = stands.open(measured.shape())) {
            final Candidate best = measured.best().candidate();
            final Contender<String> ofSweep = new Contender<>("best", stand.ready(best));
            final Contender<String> ofTable = new Contender<>("chosen", stand.ready(chosen));
            new Turns<String>(clock, 1, () -> {})
                    .all(List.of(ofSweep, ofTable), clock.nanos() + OF_A_SHAPE.toNanos(), pace);
            final double ratio =
                    ofTable.estimate().median() / ofSweep.estimate().median();
            return String.format(
                    Locale.ROOT,
                    "%s: what the table chooses takes %.3f of what %s takes%s",
                    measured.shape(),
                    ratio,
                    best,
                    ratio > 1.02 ? ", more than 1.02" : "");
        }
    }
}
