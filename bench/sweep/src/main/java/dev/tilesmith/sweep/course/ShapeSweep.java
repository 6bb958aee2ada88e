package dev.tilesmith.sweep.course;

import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.measure.Clock;
import dev.tilesmith.sweep.measure.Contender;
import dev.tilesmith.sweep.measure.Halving;
import dev.tilesmith.sweep.measure.Noise;
import dev.tilesmith.sweep.measure.Pace;
import dev.tilesmith.sweep.measure.Standing;
import dev.tilesmith.sweep.measure.Turns;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.stand.Stand;
import dev.tilesmith.sweep.stand.Stands;
import dev.tilesmith.sweep.stand.UnfitException;
import dev.tilesmith.sweep.store.Entry.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Finds the fastest candidate for one shape. */
final class ShapeSweep {
    /** Of the time for a shape, what making candidates ready may take. */
    private static final double SHARE_TO_MAKE_READY = 0.5;

    private static final int LEAST = 2;

    private final Stands stands;
    private final Clock clock;
    private final Pace pace;
    private final Noise noise;
    private final Progress progress;

    ShapeSweep(Stands stands, Clock clock, Pace pace, Noise noise, Progress progress) {
        this.stands = stands;
        this.clock = clock;
        this.pace = pace;
        this.noise = noise;
        this.progress = progress;
    }

    /**
     * How all candidates did.
     *
     * @param before candidates that were left behind already, which are not measured again
     * @param nanos how long it may take
     * @param listener hears of others that are left behind
     * @param notices takes what is to be told
     */
    Measured run(
            SweptShape shape,
            List<Standing<Candidate>> before,
            long nanos,
            Halving.Listener<Candidate> listener,
            Consumer<String> notices) {
        final long start = clock.nanos();
        try (Stand stand = stands.open(shape)) {
            final List<Contender<Candidate>> contenders = ready(stand, shape, before, nanos, notices);
            progress.begin(shape + ": " + contenders.size() + " variants");
            final Halving<Candidate> halving = new Halving<>(
                    new Turns<>(clock, shape.toString().hashCode(), progress::tick), pace, noise, slower -> {
                        listener.leftBehind(slower);
                        progress.begin(shape + ": " + slower.size() + " slower variants left behind");
                    });
            final long left = Math.max(1, nanos - (clock.nanos() - start));
            final List<Standing<Candidate>> standings =
                    new ArrayList<>(halving.run(contenders, left, Candidate::packing));
            before.stream()
                    .sorted(Comparator.comparingDouble(
                            standing -> standing.estimate().median()))
                    .forEach(standings::add);
            return new Measured(shape, stand.weightBytes(), standings);
        }
    }

    private List<Contender<Candidate>> ready(
            Stand stand, SweptShape shape, List<Standing<Candidate>> before, long nanos, Consumer<String> notices) {
        final long until = clock.nanos() + Math.round(nanos * SHARE_TO_MAKE_READY);
        final List<Candidate> behind = before.stream().map(Standing::candidate).toList();
        final List<Candidate> candidates = stands.candidates(shape).stream()
                .filter(candidate -> !behind.contains(candidate))
                .toList();
        final List<Contender<Candidate>> contenders = new ArrayList<>();
        int tried = 0;
        for (final Candidate candidate : candidates) {
            if (contenders.size() >= LEAST && clock.nanos() > until) {
                notices.accept(shape + ": no time to make ready " + (candidates.size() - tried) + " of "
                        + candidates.size() + " variants; give it a larger budget");
                break;
            }
            tried++;
            progress.begin(shape + ": making ready " + tried + " of " + candidates.size() + " variants");
            progress.tick();
            try {
                contenders.add(new Contender<>(candidate, stand.ready(candidate)));
            } catch (UnfitException e) {
                notices.accept(e.getMessage());
            }
        }
        if (contenders.isEmpty()) {
            throw new IllegalStateException(shape + ": none of " + candidates.size() + " variants runs here");
        }
        return contenders;
    }
}
