package dev.tilesmith.sweep.course;

import dev.tilesmith.spec.Target;
import dev.tilesmith.sweep.measure.Clock;
import dev.tilesmith.sweep.measure.Contender;
import dev.tilesmith.sweep.measure.Pace;
import dev.tilesmith.sweep.measure.Turns;
import dev.tilesmith.sweep.operand.SweptShape;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.plan.KnobGrid;
import dev.tilesmith.sweep.stand.Stand;
import dev.tilesmith.sweep.stand.Stands;
import dev.tilesmith.sweep.statistic.Estimate;
import dev.tilesmith.sweep.store.Entry.KnobTried;
import dev.tilesmith.sweep.store.Entry.Measured;
import dev.tilesmith.tune.Knob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tries the knobs of one target, one after the other, over all shapes that one of its variants is the best for: a knob has one
 * value for all of a target's products.
 */
final class KnobSearch implements AutoCloseable {
    /** What is not better by this much is not worth a line of a profile. */
    private static final double WORTH_A_LINE = 0.995;

    private final Stands stands;
    private final Clock clock;
    private final Pace pace;
    private final Progress progress;
    private final Target target;
    private final List<Measured> shapes;
    private final Map<SweptShape, Stand> open = new LinkedHashMap<>();

    KnobSearch(Stands stands, Clock clock, Pace pace, Progress progress, Target target, List<Measured> shapes) {
        this.stands = stands;
        this.clock = clock;
        this.pace = pace;
        this.progress = progress;
        this.target = target;
        this.shapes = List.copyOf(shapes);
    }

    /**
     * A value against others, for all shapes.
     *
     * @param value the other value
     * @param estimates with it, for each shape
     */
    private record Trial(long value, List<Estimate> estimates) {
        double ratio(Trial incumbent) {
            double logs = 0;
            for (int i = 0; i < estimates.size(); i++) {
                logs += Math.log(
                        estimates.get(i).median() / incumbent.estimates.get(i).median());
            }
            return Math.exp(logs / estimates.size());
        }

        /** Surely faster for a shape, and surely slower for none. */
        boolean isBetter(Trial incumbent) {
            boolean faster = false;
            for (int i = 0; i < estimates.size(); i++) {
                faster |= estimates.get(i).isBelow(incumbent.estimates.get(i));
                if (incumbent.estimates.get(i).isBelow(estimates.get(i))) {
                    return false;
                }
            }
            return faster;
        }
    }

    /** Tries the values about the one that a knob has, with the other knobs as they are tuned by now. */
    KnobTried run(Knob knob, Map<Knob, Long> tuned, long nanos) {
        progress.begin("knob " + knob.code() + " of " + target);
        final long from = new Candidate(shapes.getFirst().best().candidate().variant(), tuned)
                .tuning()
                .get(knob);
        final List<Long> values = Stream.concat(Stream.of(from), KnobGrid.around(knob, from).stream())
                .toList();
        final List<List<Estimate>> byShape = new ArrayList<>();
        final long start = clock.nanos();
        for (int i = 0; i < shapes.size(); i++) {
            final long until = start + nanos * (i + 1) / shapes.size();
            byShape.add(estimates(shapes.get(i), knob, tuned, values, until));
        }
        final List<Trial> trials = new ArrayList<>();
        for (int v = 0; v < values.size(); v++) {
            final int value = v;
            trials.add(new Trial(
                    values.get(v),
                    byShape.stream().map(estimates -> estimates.get(value)).toList()));
        }
        final Trial incumbent = trials.getFirst();
        return trials.stream()
                .skip(1)
                .filter(trial -> trial.isBetter(incumbent) && trial.ratio(incumbent) < WORTH_A_LINE)
                .min(Comparator.comparingDouble(trial -> trial.ratio(incumbent)))
                .map(best -> new KnobTried(target, knob, from, best.value(), best.ratio(incumbent)))
                .orElseGet(() -> new KnobTried(target, knob, from, from, 1));
    }

    private List<Estimate> estimates(
            Measured measured, Knob knob, Map<Knob, Long> tuned, List<Long> values, long until) {
        final Stand stand = open.computeIfAbsent(measured.shape(), stands::open);
        final Candidate base = new Candidate(measured.best().candidate().variant(), tuned);
        final List<Contender<Candidate>> contenders = values.stream()
                .map(value -> base.with(knob, value))
                .map(candidate -> new Contender<>(candidate, stand.ready(candidate)))
                .toList();
        new Turns<Candidate>(clock, knob.name().hashCode(), progress::tick).all(contenders, until, pace);
        return contenders.stream().map(Contender::estimate).toList();
    }

    @Override
    public void close() {
        open.values().forEach(Stand::close);
    }
}
