package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.spec.Variant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every combination of formats that has kernels is under test. */
final class EveryRecipeTest {
    @Test
    void isUnderTest() {
        final Set<String> tested = Formats.all()
                .flatMap(format -> format.tables().stream())
                .map(table -> table.best().family().variants().getFirst())
                .map(EveryRecipeTest::formats)
                .collect(Collectors.toSet());
        assertEquals(
                Recipes.all().stream()
                        .map(Recipe::formats)
                        .map(Object::toString)
                        .collect(Collectors.toSet()),
                tested);
    }

    private static String formats(Variant variant) {
        return variant.lhs() + " x " + variant.rhs() + " -> " + variant.dst();
    }
}
