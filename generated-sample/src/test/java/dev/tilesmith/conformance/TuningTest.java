package dev.tilesmith.conformance;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a family is tuned, to the ends of what each knob takes, its results are the bits of the reference. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TuningTest {
    private final Map<FormatUnderTest, List<Case>> cases = new HashMap<>();

    /**
     * A family, and its table, which makes kernels of it.
     *
     * @param tested the family
     * @param table the table
     */
    record Tuned(Tested tested, DispatchTable<? extends MatMulKernel> table) {
        Variant variant() {
            return tested.variant();
        }

        @Override
        public String toString() {
            return tested.toString();
        }
    }

    static Stream<Tuned> families() {
        return Stream.concat(Formats.all(), Formats.FAST.stream()).flatMap(format -> format.tables().stream()
                .flatMap(table -> Families.of(table).map(kernel -> new Tuned(Tested.of(format, kernel), table))));
    }

    /** Each knob at each end, and all of them. */
    private static Stream<Tuning> tunings(Tuning usual) {
        final Stream<Tuning> one = Arrays.stream(Knob.values())
                .flatMap(knob -> Stream.of(usual.with(knob, knob.least()), usual.with(knob, knob.most())));
        return Stream.concat(one, Stream.of(all(usual, Knob::least), all(usual, Knob::most)));
    }

    private static Tuning all(Tuning usual, ToLongFunction<Knob> value) {
        return Arrays.stream(Knob.values())
                .reduce(usual, (tuning, knob) -> tuning.with(knob, value.applyAsLong(knob)), (_, _) -> {
                    throw new IllegalStateException("knobs are turned one after the other");
                });
    }

    @ParameterizedTest
    @MethodSource("families")
    void bitsDoNotDependOnAnyKnob(Tuned tuned) {
        final FormatUnderTest format = tuned.tested().format();
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            tunings(Tuning.of(tuned.variant().target())).forEach(tuning -> {
                final MatMulKernel kernel = tuned.table().kernel(tuned.variant(), tuning);
                for (final Case wanted : cases.computeIfAbsent(format, TuningTest::cases)) {
                    check(kernel, wanted, tuning, RunOptions.DEFAULT);
                    check(kernel, wanted, tuning, RunOptions.DEFAULT.on(pool, 3));
                }
            });
        }
    }

    /** One row and a little; rows of several blocks however few are in one, that are longer than the least part of K. */
    private static List<Case> cases(FormatUnderTest format) {
        return List.of(
                Case.of(format, 1, 37, format.depth(70), Samples.ORDINARY, Bounds.NONE),
                Case.of(format, 5, 1, format.depth(3), Samples.ORDINARY, Bounds.NONE),
                Case.of(format, 67, 41, format.depth(515), Samples.ORDINARY, Bounds.NONE));
    }

    private static void check(MatMulKernel kernel, Case wanted, Tuning tuning, RunOptions options) {
        final PackedRhs packed = kernel.packRhs(wanted.weights());
        final int[] actual = Execution.onHeap(kernel, wanted, packed, wanted.n(), options);
        Bits.assertEqual(
                wanted.dst(),
                wanted.expected(),
                actual,
                wanted.n(),
                Execution.name(kernel) + " " + tuning + " " + options);
    }
}
