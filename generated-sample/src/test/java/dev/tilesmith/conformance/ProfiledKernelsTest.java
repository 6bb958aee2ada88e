package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.Pick;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.TuningProfile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a tuning profile picks, results are the bits of the reference, and any packing of a kernel's serves products of any
 * shape: profiles are made up, of any variants that run here, for some classes of shapes or for all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProfiledKernelsTest {
    private static final int PROFILES = Shapes.FEW ? 3 : 12;
    private static final List<Integer> EXPECTED = List.of(1, 16, 100);

    private final Map<FormatUnderTest, List<Case>> cases = new HashMap<>();

    static Stream<FormatUnderTest> formats() {
        return Formats.all();
    }

    /** Of every number of rows that classes have. */
    private static List<Case> cases(FormatUnderTest format) {
        return IntStream.of(1, 7, 33)
                .mapToObj(m -> Case.of(format, m, 53, format.depth(70), Samples.ORDINARY, Bounds.NONE))
                .toList();
    }

    /** Variants of what runs here. */
    private static List<Variant> variants(DispatchTable<? extends MatMulKernel> table) {
        return Families.of(table)
                .flatMap(kernel -> kernel.family().variants().stream())
                .toList();
    }

    private static TuningProfile profile(SplittableRandom random, List<Variant> variants) {
        final List<Pick> picks = new ArrayList<>();
        for (final ShapeClass shape : ShapeClass.all()) {
            if (random.nextInt(8) > 0) {
                final Variant best = variants.get(random.nextInt(variants.size()));
                final Variant next = variants.get(random.nextInt(variants.size()));
                picks.add(new Pick(
                        shape, best, 40, best.equals(next) ? Optional.empty() : Optional.of(new Pick.Next(next, 30))));
            }
        }
        return new TuningProfile(Machine.of(Host.current().cpu()), "made up", List.of(), picks);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyPackingServesEveryShape(FormatUnderTest format, @TempDir Path folder) throws IOException {
        final Set<Integer> packings = new HashSet<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (final DispatchTable<? extends MatMulKernel> table : format.tables()) {
                final List<Variant> variants = variants(table);
                for (int seed = 0; seed < PROFILES; seed++) {
                    final TuningProfile profile = profile(new SplittableRandom(seed), variants);
                    packings.add(check(format, table.best(profile), profile, pool, folder));
                }
            }
        }
        assertTrue(packings.stream().anyMatch(count -> count > 1), () -> "packings of a kernel: " + packings);
    }

    /** Returns how many packings the kernel has. */
    private int check(
            FormatUnderTest format, MatMulKernel kernel, TuningProfile profile, ExecutorService pool, Path folder)
            throws IOException {
        final Set<String> packings = new HashSet<>();
        for (final Case wanted : cases.computeIfAbsent(format, ProfiledKernelsTest::cases)) {
            for (final int expected : EXPECTED) {
                final PackedRhs packed = kernel.packRhs(
                        wanted.weights(), PackOptions.automatic().on(pool, 2).expecting(expected));
                final String packing =
                        packed.family().rhs() + " " + packed.family().nr();
                assertPickReads(profile, expected, packed);
                check(kernel, wanted, packed, RunOptions.DEFAULT, profile);
                if (packings.add(packing)) {
                    check(kernel, wanted, packed, RunOptions.DEFAULT.on(pool, 3), profile);
                    final Path file = folder.resolve("weights");
                    packed.save(file);
                    try (Arena arena = Arena.ofConfined()) {
                        check(kernel, wanted, kernel.mapRhs(file, arena), RunOptions.DEFAULT, profile);
                    }
                }
            }
        }
        return packings.size();
    }

    /** Weights are packed for the family that the profile picks for as many rows as are expected. */
    private static void assertPickReads(TuningProfile profile, int expected, PackedRhs packed) {
        final ShapeClass shape = ShapeClass.of(
                expected, packed.data().byteSize(), Host.current().cpu().caches());
        profile.picks().stream()
                .filter(pick -> pick.shape().equals(shape))
                .forEach(pick ->
                        assertEquals(pick.variant().nr(), packed.family().nr(), pick::toString));
    }

    private static void check(
            MatMulKernel kernel, Case wanted, PackedRhs packed, RunOptions options, TuningProfile profile) {
        Bits.assertEqual(
                wanted.dst(),
                wanted.expected(),
                Execution.onHeap(kernel, wanted, packed, wanted.n(), options),
                wanted.n(),
                wanted.name() + " packed for " + packed.family() + " by " + profile.picks());
    }
}
