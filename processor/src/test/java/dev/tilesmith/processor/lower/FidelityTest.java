package dev.tilesmith.processor.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A program is what is lowered: whatever is changed in one changes what is emitted, or is refused, for every target, every
 * combination of formats that has programs of its own, and every way in which loops go along K.
 */
final class FidelityTest {
    /** One program of a declaration for a target. */
    record Case(Target target, Formats formats, Lowering lowering, Program program) {
        @Override
        public String toString() {
            return formats + " on " + target + " by " + program.contraction().product() + ", " + lowering.schedule();
        }
    }

    static Stream<Case> cases() {
        return Lowering.recipes()
                .flatMap(recipe -> Lowering.scales(recipe).flatMap(scales -> Lowering.targets(recipe.formats(), scales)
                        .flatMap(target -> cases(recipe.formats(), scales, target))));
    }

    private static Stream<Case> cases(Formats formats, Optional<Format> scales, Target target) {
        final Lowering any = Lowering.of(formats, scales, target);
        return any.schedules().map(any::by).flatMap(lowering -> cases(formats, target, lowering));
    }

    private static Stream<Case> cases(Formats formats, Target target, Lowering lowering) {
        return lowering.programs().map(program -> new Case(target, formats, lowering, program));
    }

    /** Those of orders of their own. */
    static Stream<Case> fast() {
        return Lowering.fast().flatMap(plan -> Lowering.inOrderOfTheirOwn(plan).flatMap(family -> fast(plan, family)));
    }

    private static Stream<Case> fast(KernelPlan plan, FamilyPlan family) {
        final Lowering any = Lowering.of(plan, family);
        final Formats formats = plan.declaration().formats();
        return any.schedules().map(any::by).flatMap(lowering -> cases(formats, family.target(), lowering));
    }

    /** Those that apply an activation, for each kind of epilogue: of f32 one that has operations of every kind, of others a short one. */
    static Stream<Case> activated() {
        return Stream.concat(
                activated("f32", Activation.SILU),
                Stream.of("int8", "int4 in blocks", "Q4_1").flatMap(name -> activated(name, Activation.HARD_SWISH)));
    }

    private static Stream<Case> activated(String recipe, Activation activation) {
        final Formats formats = Recipes.all().stream()
                .filter(known -> known.name().equals(recipe))
                .findFirst()
                .orElseThrow()
                .formats();
        return Lowering.targets(formats, Optional.empty())
                .flatMap(target -> cases(formats, target, Lowering.of(formats, Optional.empty(), activation, target)));
    }

    @ParameterizedTest
    @MethodSource({"cases", "fast", "activated"})
    void noChangeOfAProgramIsIgnored(Case given) {
        assertEquals(List.of(), Mutations.ignored(given.program(), given.lowering()::emit), () -> given.program()
                .print());
    }

    /** A lowering that leaves out an operation, or does not look at a component, is seen. */
    @Test
    void aLoweringThatSkipsAnOperationIsSeen() {
        final Lowering lowering =
                Lowering.of(new Formats(Format.QAI8DX, Format.QSI8CX, Format.F32), Optional.empty(), Target.AVX2);
        final Program program = lowering.programs().findFirst().orElseThrow();
        assertEquals(List.of(), Mutations.ignored(program, lowering::emit));
        final List<String> withoutBounds =
                Mutations.ignored(program, lowering.after(given -> Skipping.without(given, Op.Clamp.class))::emit);
        assertTrue(
                withoutBounds.stream().anyMatch(what -> what.startsWith("without clamped0 = clamp")),
                withoutBounds::toString);
        final List<String> ofOneProduct = Mutations.ignored(
                program, lowering.after(given -> Skipping.withProduct(given, Product.DOT_OF_PAIRS))::emit);
        assertTrue(ofOneProduct.stream().anyMatch(what -> what.startsWith("beginning")), ofOneProduct::toString);
    }

    /** What is changed is every operation and every component. */
    @Test
    void everyOperationIsChanged() {
        Stream.of(cases(), fast(), activated()).flatMap(given -> given).forEach(given -> {
            final List<String> changes = Mutations.of(given.program()).stream()
                    .map(Mutations.Mutation::what)
                    .toList();
            for (final Op op : given.program().epilogue().ops()) {
                assertTrue(changes.contains("without " + op), () -> given + ": " + op);
            }
            for (final String component :
                    List.of("lhs ", "stored ", "element ", "addend ", "product ", "beginning ", "end ")) {
                assertTrue(changes.stream().anyMatch(what -> what.startsWith(component)), component);
            }
        });
    }
}
