package dev.tilesmith.sweep.report.record;

import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.limit.Limits;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.ShapeClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads {@code sweep.json}. What it does not know it passes over: a later sweep may write more. */
public final class SweepReader {
    private final Field file;

    private SweepReader(Field file) {
        this.file = file;
    }

    /**
     * Reads the text of a file.
     *
     * @throws IllegalArgumentException if it is none, naming the place and what would be right there
     */
    public static SweepResults parse(String text) {
        return new SweepReader(Field.parse("sweep", text)).read();
    }

    private SweepResults read() {
        final List<MeasuredShape> shapes = shapes();
        return new SweepResults(
                facts(file.get("machine")),
                file.get("kernel").text(),
                file.get("recipe").text(),
                file.get("started").text(),
                file.find("threads")
                        .map(threads -> threads.whole(1, Integer.MAX_VALUE))
                        .orElse(1),
                file.find("limits").map(SweepReader::limits).orElse(Limits.UNKNOWN),
                shapes,
                results(shapes),
                tried(),
                chosen(),
                notices());
    }

    private static List<Fact> facts(Field machine) {
        final List<Fact> facts = new ArrayList<>();
        machine.members().forEach((name, member) -> collect(name, member, facts));
        return facts;
    }

    private static void collect(String name, Field value, List<Fact> facts) {
        if (value.isObject()) {
            value.members().forEach((inner, member) -> collect(name + "." + inner, member, facts));
        } else if (value.isArray()) {
            value.items().forEach(item -> collect(name, item, facts));
        } else if (value.isPresent()) {
            facts.add(new Fact(name, value.text()));
        }
    }

    private static Limits limits(Field limits) {
        return new Limits(
                limit(limits, "computeGops"), limit(limits, "cacheGigabytes"), limit(limits, "memoryGigabytes"));
    }

    private static OptionalDouble limit(Field limits, String name) {
        return limits.find(name)
                .map(limit -> OptionalDouble.of(limit.positive()))
                .orElseGet(OptionalDouble::empty);
    }

    private List<MeasuredShape> shapes() {
        final List<MeasuredShape> shapes = new ArrayList<>();
        for (final Field shape : file.get("shapes").items()) {
            final Field bytes = shape.get("weightBytes");
            if (bytes.whole() == 0) {
                throw bytes.refused("is 0; expected 1 or more");
            }
            shapes.add(new MeasuredShape(
                    shapes.size(),
                    shape.get("class").named(ShapeClass::named),
                    shape.get("m").whole(1, Integer.MAX_VALUE),
                    shape.get("n").whole(1, Integer.MAX_VALUE),
                    shape.get("k").whole(1, Integer.MAX_VALUE),
                    bytes.whole(),
                    isCold(shape)));
        }
        return shapes;
    }

    private static boolean isCold(Field shape) {
        return shape.find("shape")
                .filter(name -> name.text().endsWith(MeasuredShape.COLD))
                .isPresent();
    }

    private List<Result> results(List<MeasuredShape> shapes) {
        final List<Result> results = new ArrayList<>();
        for (final Field result : file.get("results").items()) {
            results.add(result(results.size(), result, shapes));
        }
        return results;
    }

    private static Result result(int number, Field result, List<MeasuredShape> shapes) {
        final Field shape = result.get("shape");
        final double median = result.get("medianNanos").positive();
        final Field low = result.get("lowNanos");
        final Field high = result.get("highNanos");
        if (low.positive() > median) {
            throw low.refused("is " + low.positive() + "; expected no more than the median, " + median);
        }
        if (high.positive() < median) {
            throw high.refused("is " + high.positive() + "; expected no less than the median, " + median);
        }
        return new Result(
                number,
                shapes.get(shape.whole(0, shapes.size() - 1)),
                result.get("variant").named(Variant::parse),
                result.find("knobs").map(SweepReader::knobs).orElse(Map.of()),
                result.get("rounds").whole(0, Integer.MAX_VALUE),
                median,
                low.positive(),
                high.positive(),
                result.get("gops").positive(),
                result.find("noisy").map(Field::truth).orElse(false));
    }

    private static Map<Knob, Long> knobs(Field knobs) {
        final Map<Knob, Long> values = new LinkedHashMap<>();
        knobs.members().forEach((name, value) -> values.put(knob(knobs, name), value.whole()));
        return values;
    }

    private static Knob knob(Field knobs, String name) {
        try {
            return Knob.named(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    knobs.refused("has a " + e.getMessage()).getMessage(), e);
        }
    }

    private List<TriedKnob> tried() {
        return items("knobs").stream()
                .map(knob -> new TriedKnob(
                        knob.get("target").text(),
                        knob.get("knob").named(Knob::named),
                        knob.get("from").whole(),
                        knob.get("to").whole(),
                        knob.get("ratio").positive()))
                .toList();
    }

    private List<String> notices() {
        return items("notices").stream().map(Field::text).toList();
    }

    private List<Field> items(String name) {
        return file.find(name).map(Field::items).orElse(List.of());
    }

    private List<Chosen> chosen() {
        final List<Chosen> picks = new ArrayList<>();
        final Set<ShapeClass> seen = new HashSet<>();
        for (final Field chosen : file.get("chosen").items()) {
            final Field shape = chosen.get("class");
            if (!seen.add(shape.named(ShapeClass::named))) {
                throw shape.refused("is " + shape.text() + " again; expected each class once");
            }
            picks.add(new Chosen(
                    shape.named(ShapeClass::named),
                    chosen.get("variant").named(Variant::parse),
                    chosen.get("gops").positive(),
                    next(chosen)));
        }
        return picks;
    }

    private static Optional<Chosen.Next> next(Field chosen) {
        return chosen.find("next")
                .map(next -> new Chosen.Next(
                        next.named(Variant::parse), chosen.get("nextGops").positive()));
    }
}
