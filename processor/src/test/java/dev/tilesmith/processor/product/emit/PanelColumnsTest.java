package dev.tilesmith.processor.product.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.PanelPart.Place;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.model.Subject;
import dev.tilesmith.processor.operation.matmul.MatMulOperation;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.SweepRequest;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.product.plan.Planner;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs read of a panel what its layout has, and find it there: for every combination of formats, on every target, in tiles of every width. */
final class PanelColumnsTest {
    private static final Subject SUBJECT = new Subject(
            "example",
            "Linear",
            "interface",
            true,
            true,
            false,
            true,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    private static final SweepRequest EVERYTHING = new SweepRequest(
            List.of(),
            IntStream.rangeClosed(1, Schedule.MOST_UNROLLED).boxed().toList(),
            List.of("1x32x32"),
            List.of());

    private static Stream<Optional<Format>> scales(Recipe recipe) {
        return recipe.scaleFormats().isEmpty()
                ? Stream.of(Optional.empty())
                : recipe.scaleFormats().stream().map(Optional::of);
    }

    static Stream<KernelPlan> plans() {
        return Recipes.all().stream().flatMap(recipe -> scales(recipe)
                .flatMap(scales -> Stream.of(true, false).map(bias -> plan(recipe, scales, bias))));
    }

    private static KernelPlan plan(Recipe recipe, Optional<Format> scales, boolean bias) {
        return Planner.plan(new Declaration(
                new MatMulOperation().kernelType(),
                SUBJECT,
                new Scope(25, "", true, true, Set.of()),
                recipe.formats().lhs(),
                recipe.formats().rhs(),
                recipe.formats().dst(),
                scales,
                Numerics.REPRODUCIBLE,
                bias,
                Activation.NONE,
                true,
                List.of(),
                List.of(),
                Optional.of(EVERYTHING)));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void whatIsReadIsWhatPanelsHave(KernelPlan plan) {
        assertTrue(plan.families().size() > 1);
        for (final FamilyPlan family : plan.families()) {
            final PanelLayout layout = new FamilyLayout(plan, family).layout();
            final PanelColumns columns = PanelColumns.of(new TilePrograms(plan, family).tile(1), family.nr());
            assertEquals(
                    layout.parts(Place.METADATA).parts(), columns.metadata().parts());
            assertEquals(
                    layout.parts(Place.BLOCK_END).parts(), columns.ofBlocks().parts());
            assertEquals(layout.metadataBytes(), columns.metadata().bytes());
            assertEquals(layout.blockEndBytes(), columns.blockEnd());
        }
    }
}
