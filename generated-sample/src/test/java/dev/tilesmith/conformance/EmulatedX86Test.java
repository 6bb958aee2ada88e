package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite in an emulated machine, for each CPU anew: what must be said by an {@link EmulatedRun} there. */
@Tag("emulated-x86")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmulatedX86Test {
    /** The launcher of the machine's JVM; the build says where it is. */
    private static final String JAVA = System.getProperty("x86.java", "the system property x86.java is not set");

    /** Without the Vector API, which only kernels in Java need: looking for its module takes seconds. */
    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Dconformance.shapes=fewest",
            "-Dconformance.families=best");

    /** A machine has one processor: as many of them run at a time as there are here. */
    private final ExecutorService processors =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    private Map<EmulatedX86, CompletableFuture<Output>> outputs = Map.of();

    /**
     * What a machine printed.
     *
     * @param said the lines of the run
     * @param text all of it
     */
    private record Output(List<Said> said, String text) {
        static Output of(String text) {
            return new Output(
                    text.lines().flatMap(line -> Said.parse(line).stream()).toList(), text);
        }

        List<String> about(Said.Topic topic) {
            return said.stream()
                    .filter(line -> line.topic() == topic)
                    .map(Said::text)
                    .toList();
        }
    }

    static List<EmulatedX86> cpus() {
        return EmulatedX86.all();
    }

    @BeforeAll
    void start() {
        outputs = cpus().stream()
                .collect(Collectors.toMap(
                        Function.identity(), cpu -> CompletableFuture.supplyAsync(() -> run(cpu), processors)));
    }

    @AfterAll
    void end() {
        processors.shutdownNow();
    }

    private static Output run(EmulatedX86 cpu) {
        final List<String> options =
                Stream.concat(OPTIONS.stream(), cpu.collector().stream()).toList();
        final ProcessBuilder machine = AnotherJvm.by(Path.of(JAVA), options, EmulatedRun.class, cpu.cpu())
                .redirectErrorStream(true);
        machine.environment().put("X86_CPU", cpu.cpu());
        try (var reader = machine.start().inputReader()) {
            return Output.of(reader.readAllAsString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a machine said, which came to its end. */
    private Output output(EmulatedX86 cpu) {
        final Output output = outputs.get(cpu).join();
        assertEquals(List.of(""), output.about(Said.Topic.END), output::text);
        return output;
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void theCpuIsSeenForWhatItIs(EmulatedX86 cpu) {
        final Output output = output(cpu);
        assertEquals(List.of(cpu.name()), output.about(Said.Topic.CPU));
        assertEquals(List.of(cpu.features().toString()), output.about(Said.Topic.FEATURES));
        final String explained = String.join("\n", output.about(Said.Topic.EXPLAINED));
        final String features = cpu.features().stream().map(CpuFeature::label).collect(Collectors.joining(", "));
        assertTrue(explained.contains("CPU: " + Architecture.X86_64 + " with " + features + "\n"), explained);
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void theTargetThatIsBestForTheCpuServesEveryTable(EmulatedX86 cpu) {
        final List<String> expected = tables().map(
                        table -> serving(cpu, table).variants().getLast().toString())
                .toList();
        assertEquals(expected, output(cpu).about(Said.Topic.SERVED));
    }

    /** Of every format that has code of its own, at every height: no kernel is left out, and none is another target's. */
    @ParameterizedTest
    @MethodSource("cpus")
    void allItsKernelsGiveTheBitsOfTheReference(EmulatedX86 cpu) {
        final Output output = output(cpu);
        assertEquals(List.of(), output.about(Said.Topic.FAILED));
        assertEquals(expected(cpu), output.about(Said.Topic.HELD));
    }

    private static List<String> expected(EmulatedX86 cpu) {
        return Stream.concat(
                        Formats.ofOwnCode().flatMap(format -> held(format, table -> serving(cpu, table), cpu::tries)),
                        Formats.FAST.stream()
                                .flatMap(format -> held(format, table -> servingFast(cpu, table), cpu::triesFast)))
                .toList();
    }

    private static Stream<String> held(
            FormatUnderTest format,
            Function<DispatchTable<? extends MatMulKernel>, Family> serving,
            Predicate<Family> tried) {
        return Stream.of(Property.values()).flatMap(property -> format.tables().stream()
                .map(serving)
                .filter(tried)
                .flatMap(property::of)
                .map(variant -> property + " " + format + " " + variant));
    }

    /** Where a CPU has what a family is for whose sums are in an order of its own, that, and else any. */
    private static Family servingFast(EmulatedX86 cpu, DispatchTable<? extends MatMulKernel> table) {
        return families(table).filter(cpu::triesFast).findFirst().orElseGet(() -> serving(cpu, table));
    }

    /** By name too, which asks no dispatch. That a target lacks it for some formats, as VNNI for integers, keeps no others from it. */
    @ParameterizedTest
    @MethodSource("cpus")
    void whatTheCpuLacksIsSaidOfEveryTargetThatDoesNotRun(EmulatedX86 cpu) {
        final List<String> refused = output(cpu).about(Said.Topic.REFUSED);
        cpu.lacking().forEach((target, feature) -> {
            final List<Variant> variants = tables().filter(
                            table -> serving(cpu, table).target() != target)
                    .flatMap(table -> families(table, target))
                    .map(family -> family.variants().getLast())
                    .toList();
            assertFalse(variants.isEmpty(), target::toString);
            for (final Variant variant : variants) {
                final String expected =
                        "variant: '%s' cannot run here: the CPU lacks %s".formatted(variant.name(), feature.label());
                assertTrue(refused.stream().anyMatch(message -> message.startsWith(expected)), expected);
            }
        });
    }

    private static Stream<DispatchTable<? extends MatMulKernel>> tables() {
        return Formats.all().flatMap(format -> format.tables().stream());
    }

    /** Of a declaration that leaves the target out, AVX2's. */
    private static Family serving(EmulatedX86 cpu, DispatchTable<? extends MatMulKernel> table) {
        final Family any = families(table).findFirst().orElseThrow();
        return Stream.concat(cpu.serving(any.lhs()).stream(), Stream.of(Target.AVX2))
                .flatMap(target -> families(table, target))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Family> families(DispatchTable<? extends MatMulKernel> table, Target target) {
        return families(table).filter(family -> family.target() == target);
    }

    private static Stream<Family> families(DispatchTable<? extends MatMulKernel> table) {
        return table.choices(Host.current()).stream().map(Choice::family);
    }
}
