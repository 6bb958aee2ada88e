package dev.tilesmith.processor.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tilesmith.processor.lower.KernelTarget;
import dev.tilesmith.processor.operation.matmul.recipe.Recipe;
import dev.tilesmith.processor.operation.matmul.recipe.Recipes;
import dev.tilesmith.processor.program.Contraction;
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
                .flatMap(recipe -> contraction(recipe, target))
                .toList();
        assertFalse(contractions.isEmpty());
        for (final Contraction contraction : contractions) {
            final var registers = target.registers(contraction);
            assertEquals(
                    Math.min(registers.bestMr(), registers.tallest(registers.bestNr())),
                    registers.defaultMr(registers.bestNr()),
                    contraction::print);
            assertEquals(0, registers.defaultMr(registers.bestNr()) % registers.rowsTogether(), contraction::print);
        }
    }

    private static Stream<Contraction> contraction(Recipe recipe, KernelTarget target) {
        return recipe.contraction(target.multiplication(), recipe.scales(Optional.empty())).stream();
    }
}
