package dev.tilesmith.sweep.course;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.Target;
import dev.tilesmith.sweep.measure.Budget;
import dev.tilesmith.sweep.measure.Clock;
import dev.tilesmith.sweep.measure.Noise;
import dev.tilesmith.sweep.measure.Standing;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.plan.Plan;
import dev.tilesmith.sweep.stand.Stands;
import dev.tilesmith.sweep.store.Entry;
import dev.tilesmith.sweep.store.Entry.KnobTried;
import dev.tilesmith.sweep.store.Entry.LeftBehind;
import dev.tilesmith.sweep.store.Entry.Measured;
import dev.tilesmith.sweep.store.Journal;
import dev.tilesmith.tune.Knob;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A sweep of one declaration. What the journal knows already is not measured again; what becomes known is written there.
 */
public final class Sweep {
    /** Of the time for a shape and its knobs together, what finding the variant takes. */
    private static final double PARTS_FOR_VARIANTS = 3;

    private static final double PARTS_FOR_KNOBS = 1;

    private final Plan plan;
    private final Stands stands;
    private final Journal journal;
    private final Budget budget;
    private final Surroundings surroundings;
    private final List<String> notices = new ArrayList<>();

    /**
     * What a sweep finds itself in.
     *
     * @param clock the time
     * @param noise whether others work
     * @param progress who is told
     * @param caches of the machine
     */
    public record Surroundings(Clock clock, Noise noise, Progress progress, CacheSizes caches) {}

    /** A sweep that was planned so. */
    public Sweep(Plan plan, Stands stands, Journal journal, Budget budget, Surroundings surroundings) {
        this.plan = plan;
        this.stands = stands;
        this.journal = journal;
        this.budget = budget;
        this.surroundings = surroundings;
    }

    /** Measures what is not known yet, until the budget is spent. */
    public Outcome run() {
        sweepShapes();
        sweepKnobs();
        final List<Measured> measured = measured();
        return new Outcome(measured, tried(), new Picks(surroundings.caches()).of(measured), notices);
    }

    private List<Measured> measured() {
        return known(Measured.class);
    }

    private List<KnobTried> tried() {
        return known(KnobTried.class);
    }

    private <E extends Entry> List<E> known(Class<E> kind) {
        return journal.entries().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private void notice(String text) {
        notices.add(text);
        surroundings.progress().say(text);
    }

    private void sweepShapes() {
        final List<SweptShape> done = measured().stream().map(Measured::shape).toList();
        final List<SweptShape> left = new ArrayList<>(plan.shapes());
        left.removeAll(done);
        final double knobs =
                plan.knobs().isEmpty() ? 0 : PARTS_FOR_KNOBS * plan.shapes().size();
        while (!left.isEmpty()) {
            if (budget.left() == 0) {
                notice("no time for " + left + "; give it a larger budget, and run it again to go on");
                return;
            }
            final SweptShape shape = left.removeFirst();
            final double all = PARTS_FOR_VARIANTS * (left.size() + 1) + knobs;
            journal.add(sweep(shape, budget.share(PARTS_FOR_VARIANTS, all)), budget.spent());
            surroundings.progress().say(said(measured().getLast()));
        }
    }

    private Measured sweep(SweptShape shape, long nanos) {
        final List<Standing<Candidate>> before = known(LeftBehind.class).stream()
                .filter(behind -> behind.shape().equals(shape))
                .flatMap(behind -> behind.slower().stream())
                .toList();
        return new ShapeSweep(stands, surroundings.clock(), plan.pace(), surroundings.noise(), surroundings.progress())
                .run(
                        shape,
                        before,
                        nanos,
                        slower -> journal.add(new LeftBehind(shape, slower), budget.spent()),
                        this::notice);
    }

    private static String said(Measured measured) {
        final Standing<Candidate> best = measured.best();
        return String.format(
                Locale.ROOT,
                "%s: %s, %.1f gops%s",
                measured.shape(),
                best.candidate(),
                Picks.operations(measured.shape()) / best.estimate().median(),
                switch (best.confidence()) {
                    case FINAL, LEFT_BEHIND -> "";
                    case NOISY -> " (noisy)";
                });
    }

    private void sweepKnobs() {
        final Map<Target, List<Measured>> byTarget = measured().stream()
                .collect(Collectors.groupingBy(
                        measured -> measured.best().candidate().variant().target(), TreeMap::new, Collectors.toList()));
        int left = byTarget.size() * plan.knobs().size() - tried().size();
        for (final Map.Entry<Target, List<Measured>> target : byTarget.entrySet()) {
            left = sweepKnobs(target.getKey(), target.getValue(), left);
        }
    }

    /** How many knobs are left after those of a target. */
    private int sweepKnobs(Target target, List<Measured> shapes, int left) {
        final List<Knob> knobs = new ArrayList<>(plan.knobs());
        tried().stream().filter(tried -> tried.target() == target).forEach(tried -> knobs.remove(tried.knob()));
        int after = left;
        try (KnobSearch search =
                new KnobSearch(stands, surroundings.clock(), plan.pace(), surroundings.progress(), target, shapes)) {
            for (final Knob knob : knobs) {
                if (budget.left() == 0) {
                    notice("no time for " + knob.code() + " of " + target + "; give it a larger budget");
                } else {
                    final KnobTried tried = search.run(knob, tuned(target), budget.share(1, Math.max(1, after)));
                    journal.add(tried, budget.spent());
                    surroundings.progress().say(said(tried));
                }
                after--;
            }
        }
        return after;
    }

    private static String said(KnobTried tried) {
        final String name = tried.knob().code() + " of " + tried.target() + ": " + tried.to();
        return tried.to() == tried.from()
                ? name + " stays"
                : String.format(
                        Locale.ROOT, "%s for %d, %.1f %% faster", name, tried.from(), 100 * (1 / tried.ratio() - 1));
    }

    private Map<Knob, Long> tuned(Target target) {
        final Map<Knob, Long> tuned = new EnumMap<>(Knob.class);
        tried().stream()
                .filter(tried -> tried.target() == target && tried.to() != tried.from())
                .forEach(tried -> tuned.put(tried.knob(), tried.to()));
        return tuned;
    }
}
