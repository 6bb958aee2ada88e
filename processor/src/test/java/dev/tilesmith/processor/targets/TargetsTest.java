package dev.tilesmith.processor.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.KernelTarget;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each name has one target behind it, and a place in the order of preference. */
final class TargetsTest {
    @ParameterizedTest
    @EnumSource(Target.class)
    void isBehindItsName(Target target) {
        assertEquals(target, Targets.of(target).target());
    }

    @Test
    void allArePreferredToSomeOthers() {
        final List<Target> preferred =
                Targets.all().stream().map(KernelTarget::target).toList();
        assertEquals(
                Stream.of(Target.values()).toList(), preferred.stream().sorted().toList());
        assertEquals(
                List.of(Target.SCALAR),
                preferred.stream().filter(Targets::isAlwaysThere).toList());
    }

    /** Each computes something, by registers that have room for a tile of the size that is best, for whatever it computes. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void hasRoomForItsBestTile(Target name) {
        final KernelTarget target = Targets.of(name);
        final List<Contraction> contractions = Recipes.all().stream()
                .flatMap(recipe -> contractions(recipe, target))
                .toList();
        assertFalse(contractions.isEmpty());
        for (final Contraction contraction : contractions) {
            final RegisterModel registers = target.registers(contraction);
            assertEquals(
                    Math.min(registers.bestMr(), registers.tallest(registers.bestNr())),
                    registers.defaultMr(registers.bestNr()),
                    contraction::print);
            assertEquals(0, registers.defaultMr(registers.bestNr()) % registers.rowsTogether(), contraction::print);
        }
    }

    /** Every target has the default schedule for whatever it computes, and none twice. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void goesAlongKByDefault(Target name) {
        final KernelTarget target = Targets.of(name);
        for (final Recipe recipe : Recipes.all()) {
            contractions(recipe, target).map(target::schedules).forEach(schedules -> {
                assertEquals(Schedule.DEFAULT, schedules.getFirst());
                assertEquals(schedules.stream().distinct().toList(), schedules);
            });
        }
    }

    /** What the processor generates for a target is what the runtime asks a CPU or a JVM for. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void isOfTheKindThatTheRuntimeTakesItFor(Target name) {
        final KernelTarget target = Targets.of(name);
        for (final Recipe recipe : Recipes.all()) {
            contractions(recipe, target).map(target::registers).forEach(registers -> {
                switch (TargetTraits.of(name)) {
                    case TargetTraits.Scalar _ -> assertEquals(List.of(false, 1), java(target, registers));
                    case TargetTraits.Vectors(int bits) ->
                        assertEquals(List.of(true, bits / Float.SIZE), java(target, registers));
                    case TargetTraits.MachineCode code -> {
                        assertInstanceOf(MachineTarget.class, target);
                        assertEquals(code.rowGroups().together(), registers.rowsTogether());
                    }
                }
            });
        }
    }

    /** Whether it uses the Vector API, and lanes of its vectors. */
    private static List<Object> java(KernelTarget target, RegisterModel registers) {
        return List.of(assertInstanceOf(JavaTarget.class, target).usesVectorApi(), registers.lanes());
    }

    private static Stream<Contraction> contractions(Recipe recipe, KernelTarget target) {
        return Stream.of(
                        recipe.contraction(target.multiplication(), recipe.scales(Optional.empty())),
                        recipe.inItsOwnOrder(target.multiplication()))
                .flatMap(Optional::stream);
    }
}
