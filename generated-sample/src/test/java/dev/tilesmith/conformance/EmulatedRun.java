package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.MatMulKernel;
import java.util.List;
import java.util.function.Predicate;

/**
 * The suite in an emulated machine, where Surefire does not get: there are no pipes into it and no network, and a start of
 * JUnit takes as long as hundreds of products. It says in lines what it found; {@link EmulatedX86Test} reads them.
 */
final class EmulatedRun {
    private EmulatedRun() {}

    /** Of one format, so that what the reference computed goes with it. */
    private static final class Suite extends KernelConformance {
        Suite(FormatUnderTest format) {
            super(List.of(format));
        }
    }

    /**
     * Tells the CPU and what each table chooses, and tries kernels.
     *
     * @param args what Bochs calls the CPU, which says whose kernels are tried
     */
    public static void main(String[] args) {
        final EmulatedX86 cpu = EmulatedX86.of(args[0]);
        say(Said.Topic.CPU, Host.current().cpu().name());
        say(Said.Topic.FEATURES, Host.current().cpu().features().toString());
        Int8KernelKernels.table().explain().lines().forEach(line -> say(Said.Topic.EXPLAINED, line));
        Formats.all().forEach(format -> format.tables().forEach(EmulatedRun::choose));
        Formats.ofOwnCode()
                .filter(format -> format.tables().stream()
                        .anyMatch(table -> cpu.tries(table.best().family())))
                .forEach(format -> run(format, cpu::tries));
        Formats.FAST.stream()
                .filter(format -> format.tables().stream()
                        .anyMatch(table -> cpu.triesFast(table.best().family())))
                .forEach(format -> run(format, cpu::triesFast));
        say(Said.Topic.END, "");
    }

    private static void run(FormatUnderTest format, Predicate<Family> tried) {
        final KernelConformance suite = new Suite(format);
        for (final Property property : Property.values()) {
            property.of(suite)
                    .filter(tested -> tried.test(tested.kernel().family()))
                    .forEach(tested -> check(property, suite, tested));
        }
    }

    private static void choose(DispatchTable<? extends MatMulKernel> table) {
        say(Said.Topic.SERVED, table.best().family().variants().getLast().toString());
        table.choices(Host.current()).stream()
                .filter(choice -> choice.verdict() == Choice.Verdict.UNUSABLE)
                .map(choice -> choice.family().variants().getLast().name())
                .map(variant -> assertThrows(IllegalStateException.class, () -> table.kernel(variant)))
                .forEach(refused -> say(Said.Topic.REFUSED, refused.getMessage()));
    }

    private static void check(Property property, KernelConformance suite, Tested tested) {
        final String what = property + " " + tested;
        try {
            property.check(suite, tested);
            say(Said.Topic.HELD, what);
        } catch (AssertionError | RuntimeException e) {
            say(Said.Topic.FAILED, what + ": " + e);
        }
    }

    private static void say(Said.Topic topic, String text) {
        System.out.println(new Said(topic, text));
    }
}
