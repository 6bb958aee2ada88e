package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.Pick;
import dev.tilesmith.tune.Setting;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.TuningProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A profile that somebody damaged is refused, or kernels that follow it compute the bits of the reference. */
final class MutatedProfileProductsTest {
    private static final int PROFILES = Integer.getInteger("problems", Shapes.FEW ? 200 : 1500);
    private static final int MOST_MUTATIONS = 3;

    /** Ends of ranges of knobs, tiles and speeds, and what is beyond. */
    private static final List<String> NUMBERS = List.of(
            "0", "1", "2", "3", "8", "64", "256", "4096", "65536", "1048576", "4194304", "1099511627776", "-1", "1e9");

    private final SplittableRandom random = new SplittableRandom(20261130);

    /**
     * What follows profiles.
     *
     * @param table a table of a format
     * @param variants those of it that run here
     * @param cases what it multiplies: a product of each number of rows
     */
    private record Subject(DispatchTable<? extends MatMulKernel> table, List<Variant> variants, List<Case> cases) {
        static Subject of(FormatUnderTest format) {
            final DispatchTable<? extends MatMulKernel> table = format.tables().getFirst();
            return new Subject(
                    table,
                    Families.of(table)
                            .flatMap(kernel -> kernel.family().variants().stream())
                            .toList(),
                    IntStream.of(1, 5, 17)
                            .mapToObj(m -> Case.of(format, m, 37, format.depth(41), Samples.ORDINARY, Bounds.NONE))
                            .toList());
        }
    }

    @Test
    @Timeout(300)
    void areRefusedOrChangeNoBit() {
        final List<Subject> subjects = Formats.all().map(Subject::of).toList();
        int refused = 0;
        for (int followed = 0; followed < PROFILES; ) {
            final Subject subject = subjects.get(followed % subjects.size());
            final String text = mutated(profile(subject.variants()).text());
            final Optional<TuningProfile> read = read(text);
            read.ifPresent(profile -> check(subject.table().best(profile), one(subject.cases()), text));
            followed += read.isPresent() ? 1 : 0;
            refused += read.isPresent() ? 0 : 1;
        }
        assertTrue(refused > PROFILES, refused + " refused: mutations that hardly ever damage anything are none");
    }

    private static Optional<TuningProfile> read(String text) {
        try {
            return Optional.of(TuningProfile.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private TuningProfile profile(List<Variant> variants) {
        final List<Setting> settings = new ArrayList<>();
        final List<Pick> picks = new ArrayList<>();
        for (final ShapeClass shape : ShapeClass.all()) {
            final Variant variant = one(variants);
            picks.add(new Pick(shape, variant, 40, Optional.empty()));
            final Knob knob = one(List.of(Knob.values()));
            if (settings.stream().noneMatch(known -> known.target() == variant.target() && known.knob() == knob)) {
                settings.add(new Setting(variant.target(), knob, value(knob)));
            }
        }
        return new TuningProfile(Machine.of(Host.current().cpu()), "made up", settings, picks);
    }

    /** As often small as large. */
    private long value(Knob knob) {
        return knob.least() + (random.nextLong(knob.most() - knob.least() + 1) >> random.nextInt(40));
    }

    /** With some words of what it says of kernels in places of others, or numbers. */
    private String mutated(String text) {
        final List<String> lines = new ArrayList<>(text.lines().toList());
        final int first = lines.indexOf("source made up") + 1;
        final int mutations = random.nextInt(1, MOST_MUTATIONS + 1);
        for (int i = 0; i < mutations; i++) {
            final int at = random.nextInt(first, lines.size());
            final List<String> words =
                    new ArrayList<>(Arrays.asList(lines.get(at).split(" ", -1)));
            final List<String> others = random.nextBoolean()
                    ? NUMBERS
                    : Arrays.asList(
                            lines.get(random.nextInt(first, lines.size())).split(" ", -1));
            words.set(random.nextInt(words.size()), one(others));
            lines.set(at, String.join(" ", words));
        }
        return String.join("\n", lines) + "\n";
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static void check(MatMulKernel kernel, Case wanted, String profile) {
        Bits.assertEqual(
                wanted.dst(),
                wanted.expected(),
                Execution.onHeap(
                        kernel,
                        wanted,
                        kernel.packRhs(wanted.weights(), PackOptions.automatic().expecting(wanted.m())),
                        wanted.n(),
                        RunOptions.DEFAULT),
                wanted.n(),
                wanted.name() + " by\n" + profile);
    }
}
