package dev.tilesmith.tune;

import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What measured best on one machine. As text it has a line for each fact, in an order of their own, so that it can be reviewed,
 * compared and merged as sources are.
 *
 * @param machine which
 * @param source how it is known, for people: {@code measured 2026-11-30}, {@code modelled by llvm-mca}
 * @param settings the knobs whose values are other than {@link Tuning#of}, in the order of their lines; of one target and
 *     knob, one
 * @param picks what to choose, in the order of their lines; of one formats' and class, one
 */
public record TuningProfile(Machine machine, String source, List<Setting> settings, List<Pick> picks) {
    private static final String FOLDER = "META-INF/tilesmith/";
    private static final String SUFFIX = ".profile";
    private static final String BETWEEN_SOURCES = "; ";

    /**
     * Copies the lists, and brings them in order.
     *
     * @throws IllegalArgumentException if the source is not of printable ASCII on one line, or two facts are about the same
     */
    public TuningProfile {
        PlainText.check("source", source, ProfileReader.LONGEST_SOURCE);
        if (source.isEmpty()) {
            throw new IllegalArgumentException("source: ''; expected how it is known");
        }
        requireOnce("settings", settings, Setting::place);
        requireOnce("picks", picks, Pick::question);
        settings = settings.stream().sorted(Comparator.comparing(Setting::line)).toList();
        picks = picks.stream().sorted(Comparator.comparing(Pick::line)).toList();
    }

    private static <T> void requireOnce(String name, List<T> facts, Function<T, Object> told) {
        final Map<Object, T> known = new HashMap<>();
        facts.forEach(fact -> {
            if (known.putIfAbsent(told.apply(fact), fact) != null) {
                throw new IllegalArgumentException(name + ": " + told.apply(fact) + " twice; expected it once");
            }
        });
    }

    /**
     * The profile that a text is.
     *
     * @throws ProfileRefusedException if it is none
     */
    public static TuningProfile parse(String text) {
        final ProfileReader.Facts facts = ProfileReader.read(text);
        return new TuningProfile(facts.machine(), facts.source(), facts.settings(), facts.picks());
    }

    /** Where profiles of a machine are on a class path, whatever the JDK: {@code META-INF/tilesmith/….profile}. */
    public static String resourceName(Machine machine) {
        return FOLDER + machine.slug() + SUFFIX;
    }

    /** The profile as text, the same for profiles that are equal. */
    public String text() {
        final StringBuilder text = new StringBuilder();
        Stream.of(
                        Stream.of(ProfileReader.VERSION_LINE),
                        machine.lines().stream(),
                        Stream.of(Fact.SOURCE.word() + " " + source),
                        settings.stream().map(Setting::line),
                        picks.stream().map(Pick::line))
                .flatMap(lines -> lines)
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /**
     * What both profiles say; where both say something of the same, what the other says.
     *
     * @throws IllegalArgumentException if the other is of another machine
     */
    public TuningProfile merge(TuningProfile other) {
        other.machine.unlike(machine).ifPresent(difference -> {
            throw new IllegalArgumentException("other: " + difference + "; expected a profile of the same machine");
        });
        return new TuningProfile(
                machine,
                mergedSource(other.source),
                merged(settings, other.settings, Setting::place),
                merged(picks, other.picks, Pick::question));
    }

    private static <T> List<T> merged(List<T> facts, List<T> others, Function<T, Object> told) {
        final Map<Object, T> all = new HashMap<>();
        Stream.of(facts, others).flatMap(Collection::stream).forEach(fact -> all.put(told.apply(fact), fact));
        return List.copyOf(all.values());
    }

    /** All sources, without the oldest if they are too many for a line. */
    private String mergedSource(String other) {
        final SequencedSet<String> sources = new LinkedHashSet<>();
        Stream.of(source, other)
                .flatMap(all -> Stream.of(all.split(BETWEEN_SOURCES, -1)))
                .filter(one -> !one.isEmpty())
                .forEach(sources::addLast);
        while (sources.size() > 1 && String.join(BETWEEN_SOURCES, sources).length() > ProfileReader.LONGEST_SOURCE) {
            sources.removeFirst();
        }
        return String.join(BETWEEN_SOURCES, sources);
    }

    /** What is best for a class of shapes, of kernels with these formats; nothing if that is not told. */
    public Optional<Pick> pick(Format dst, Format lhs, Format rhs, ShapeClass shape) {
        final Pick.Question asked = new Pick.Question(dst, lhs, rhs, shape);
        return picks.stream().filter(pick -> pick.question().equals(asked)).findFirst();
    }

    /** All variants that are named for these formats, best or next: a table may not have them all. */
    public SequencedSet<Variant> variantsOf(Format dst, Format lhs, Format rhs) {
        final SequencedSet<Variant> variants = new LinkedHashSet<>();
        picks.stream()
                .flatMap(pick -> Stream.concat(Stream.of(pick.variant()), pick.next().map(Pick.Next::variant).stream()))
                .filter(variant -> variant.dst() == dst && variant.lhs() == lhs && variant.rhs() == rhs)
                .forEach(variants::addLast);
        return variants;
    }

    /** What a target is tuned by. */
    public Tuning tuning(Target target) {
        final Map<Knob, Long> values = new EnumMap<>(Tuning.of(target).values());
        settings.stream()
                .filter(setting -> setting.target() == target)
                .forEach(setting -> values.put(setting.knob(), setting.value()));
        return new Tuning(values);
    }
}
