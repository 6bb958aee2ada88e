package dev.tilesmith.sweep.course;

import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.Target;
import dev.tilesmith.sweep.measure.Clock;
import dev.tilesmith.sweep.measure.Contender;
import dev.tilesmith.sweep.measure.Pace;
import dev.tilesmith.sweep.measure.Standing;
import dev.tilesmith.sweep.measure.Standing.Confidence;
import dev.tilesmith.sweep.measure.Turns;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.plan.KnobGrid;
import dev.tilesmith.sweep.stand.Stand;
import dev.tilesmith.sweep.stand.Stands;
import dev.tilesmith.sweep.store.Entry.KnobTried;
import dev.tilesmith.sweep.store.Entry.Measured;
import dev.tilesmith.sweep.store.Entry.Trial;
import dev.tilesmith.tune.Knob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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

    /** Tries the values about the one that a knob has, with the other knobs as they are tuned by now. */
    KnobTried run(Knob knob, Map<Knob, Long> tuned, long nanos) {
        progress.begin("knob " + knob.code() + " of " + target);
        final long from = new Candidate(shapes.getFirst().best().candidate().variant(), tuned)
                .tuning()
                .get(knob);
        final List<Long> values = Stream.concat(Stream.of(from), KnobGrid.around(knob, from).stream())
                .toList();
        final List<List<Standing<Candidate>>> byShape = new ArrayList<>();
        final long start = clock.nanos();
        for (int i = 0; i < shapes.size(); i++) {
            final long until = start + nanos * (i + 1) / shapes.size();
            byShape.add(standings(shapes.get(i), knob, tuned, values, until));
        }
        final KnobValue incumbent = value(0, from, byShape);
        final Optional<KnobValue> better = IntStream.range(1, values.size())
                .mapToObj(place -> value(place, values.get(place), byShape))
                .filter(value -> value.isBetter(incumbent) && value.ratio(incumbent) < WORTH_A_LINE)
                .min(Comparator.comparingDouble(value -> value.ratio(incumbent)));
        return new KnobTried(
                target,
                knob,
                from,
                better.map(KnobValue::value).orElse(from),
                better.map(value -> value.ratio(incumbent)).orElse(1.0),
                trials(byShape));
    }

    private static KnobValue value(int place, long value, List<List<Standing<Candidate>>> byShape) {
        return new KnobValue(
                value,
                byShape.stream()
                        .map(standings -> standings.get(place).estimate())
                        .toList());
    }

    private List<Trial> trials(List<List<Standing<Candidate>>> byShape) {
        return IntStream.range(0, byShape.size())
                .boxed()
                .flatMap(i -> byShape.get(i).stream()
                        .map(standing -> new Trial(shapes.get(i).shape(), standing)))
                .toList();
    }

    private List<Standing<Candidate>> standings(
            Measured measured, Knob knob, Map<Knob, Long> tuned, List<Long> values, long until) {
        final Stand stand = open.computeIfAbsent(measured.shape(), stands::open);
        final Candidate base = new Candidate(measured.best().candidate().variant(), tuned);
        final List<Contender<Candidate>> contenders = values.stream()
                .map(value -> base.with(knob, value))
                .map(candidate -> new Contender<>(candidate, stand.ready(candidate)))
                .toList();
        new Turns<Candidate>(clock, knob.name().hashCode(), progress::tick).all(contenders, until, pace);
        return contenders.stream()
                .map(contender -> new Standing<>(
                        contender.candidate(),
                        contender.estimate(),
                        contender.isNoisy() ? Confidence.NOISY : Confidence.FINAL))
                .toList();
    }

    @Override
    public void close() {
        open.values().forEach(Stand::close);
    }
}
