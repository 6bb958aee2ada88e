package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.recipe.Recipes;
import java.util.List;

/** {@code FAST} is said where it has an effect; elsewhere it misleads whoever reads the declaration. */
final class NumericsRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return Recipes.of(declaration.formats()).stream()
                .filter(recipe -> !recipe.numerics().contains(declaration.numerics()))
                .map(recipe -> Finding.of(
                        ProductMessage.FAST_CHANGES_NOTHING, declaration.place("numerics"), recipe.formats()))
                .toList();
    }
}
