package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.Tuning;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lays a choice out as a table for people to read. */
final class Explanation {
    private static final String EVERY_SHAPE = "every shape";

    private Explanation() {}

    /** The whole of a selection. */
    static String of(String kernel, Activation activation, Selection selection) {
        final Host host = selection.roster().host();
        final Verdicts verdicts = new Verdicts(selection);
        final StringBuilder text = new StringBuilder();
        text.append(kernel).append(" on ").append(host.cpu().name()).append('\n');
        text.append(line(activation));
        text.append("  CPU: ")
                .append(host.cpu().architecture())
                .append(" with ")
                .append(host.cpu().features().stream().map(CpuFeature::label).collect(Collectors.joining(", ")))
                .append("\n       (")
                .append(host.cpu().source())
                .append(")\n       ")
                .append(host.cpu().caches())
                .append("\n  JVM: ")
                .append(jvm(host))
                .append('\n');
        final boolean admitsFast = admitsFast(verdicts);
        verdicts.choices().forEach(choice -> text.append(admitsFast ? lineWithNumerics(choice) : line(choice)));
        if (verdicts.areAlike()) {
            text.append(line(EVERY_SHAPE, verdicts.best().firstEntry().getValue()));
        } else {
            verdicts.best().forEach((shape, candidate) -> text.append(line(shape.name(), candidate)));
        }
        selection
                .refusals()
                .forEach(refusal -> text.append("  ").append(refusal).append('\n'));
        return text.toString();
    }

    /** What becomes of one product. */
    static String of(int m, int n, int k, Selection selection) {
        final Verdicts verdicts = new Verdicts(selection);
        final CacheSizes caches = selection.roster().host().cpu().caches();
        return Optional.ofNullable(verdicts.best().get(ShapeClass.of(1, 0, caches)))
                .map(any -> weightBytes(any, n, k))
                .map(bytes -> ShapeClass.of(m, bytes, caches))
                .map(shape -> of(m, n, k, shape, verdicts.best().get(shape)))
                .orElse("no family runs here");
    }

    /** Nearly: where weights have blocks, their scales are a little more. */
    private static long weightBytes(Candidate any, int n, int k) {
        return any.family().layout().bytes(n, k, Math.max(1, k));
    }

    private static String of(int m, int n, int k, ShapeClass shape, Candidate candidate) {
        return "%d x %d x %d is %s: %s, weights packed as %s%n  %s%s%n"
                .formatted(
                        m,
                        n,
                        k,
                        shape,
                        tallest(candidate),
                        candidate.family().layout(),
                        candidate.origin().who(),
                        margin(candidate));
    }

    private static String margin(Candidate candidate) {
        return candidate.origin().margin().map(margin -> ": " + margin).orElse("");
    }

    private static String tallest(Candidate candidate) {
        return candidate.family().variants().getLast().name();
    }

    /** Nothing where there is none. */
    private static String line(Activation activation) {
        return activation == Activation.NONE ? "" : "  activation: " + activation + ", " + activation.formula() + "\n";
    }

    private static String line(String shapes, Candidate candidate) {
        return "  %-11s %s  %s%s%s%n"
                .formatted(
                        shapes,
                        tallest(candidate),
                        candidate.origin().who(),
                        margin(candidate),
                        rowsForTiles(candidate));
    }

    /** From how many rows on tile registers multiply, if there are any. */
    private static String rowsForTiles(Candidate candidate) {
        return switch (TargetTraits.rowGroups(candidate.family().target())) {
            case SINGLE, PAIRS, TILES -> "";
            case ROUNDED_UP ->
                switch (candidate.family().numerics()) {
                    case REPRODUCIBLE -> "; tile registers from " + leastRows(candidate) + " rows on, vectors below";
                    case FAST -> "; tile registers";
                };
        };
    }

    /** In blocks those for which panels are decoded. */
    private static long leastRows(Candidate candidate) {
        final Tuning tuning = candidate.tuning();
        final PanelFamily family = candidate.family();
        return family.layout().hasBlocks() ? tuning.rowsToDecode(family.maxMr()) : tuning.get(Knob.ROWS_FOR_TILES);
    }

    private static String jvm(Host host) {
        final String vectors = host.jvm()
                .noVectorApi()
                .map(reason -> "no Vector API: " + reason)
                .orElseGet(() -> "Vector API of " + host.jvm().preferredBits() + " bits");
        return host.javaFma()
                ? vectors
                : vectors
                        + "; fused multiply-add in software (-XX:-UseFMA, or a CPU without it): the VECTOR and SCALAR"
                        + " families are\n"
                        + "       right, but very slow; machine code is as ever";
    }

    private static String line(Choice choice) {
        final Family family = choice.family();
        final String tiles = family.maxMr() + "x" + family.nr();
        return "  %-2s %-13s tiles up to %-6s %s%n"
                .formatted(mark(choice.verdict()), family.target(), tiles, choice.reason());
    }

    private static boolean admitsFast(Verdicts verdicts) {
        return verdicts.choices().stream().anyMatch(choice -> choice.family().numerics() == Numerics.FAST);
    }

    /** Which of both a family is; of one that rounds by an order of its own, how far results may be from exact ones, and what that is for. */
    private static String lineWithNumerics(Choice choice) {
        final Family family = choice.family();
        final String numerics = family.errorBound()
                .map(bound -> "FAST: within " + bound + ", up to " + times(family) + " products where f32 has one")
                .orElse("REPRODUCIBLE");
        return line(choice) + "                   " + numerics + "\n";
    }

    private static int times(Family family) {
        return TargetTraits.of(family.target()).pairs().times();
    }

    private static String mark(Choice.Verdict verdict) {
        return switch (verdict) {
            case CHOSEN -> "->";
            case USABLE -> "ok";
            case UNUSABLE -> "--";
        };
    }
}
