package dev.tilesmith.processor.operation.batch;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import java.util.List;

/** Nothing has to be known of either operand but what a call has of it. */
final class QuantizedInTheCallRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return Recipes.of(declaration.formats()).stream()
                .filter(recipe -> !recipe.isOfBareOperands())
                .map(recipe -> finding(declaration, recipe))
                .toList();
    }

    private static Finding finding(Declaration declaration, Recipe recipe) {
        final List<Formats> those = Recipes.all().stream()
                .filter(Recipe::isOfBareOperands)
                .map(Recipe::formats)
                .toList();
        final Formats nearest = recipe.formats().nearest(those);
        final String attribute = nearest.lhs() == declaration.lhs() ? "rhs" : "lhs";
        return Finding.of(
                BatchMatMulMessage.KNOWN_BEFOREHAND,
                declaration.place(attribute),
                recipe.formats(),
                attribute,
                nearest,
                those);
    }
}
