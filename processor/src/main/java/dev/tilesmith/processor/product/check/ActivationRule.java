package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.recipe.Recipes;
import java.util.List;

/** What is applied to results is applied to f32. */
final class ActivationRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return Recipes.of(declaration.formats()).stream()
                .filter(recipe -> !recipe.activations().contains(declaration.activation()))
                .map(recipe -> Finding.of(
                        ProductMessage.ACTIVATION_OF_INTEGERS,
                        declaration.place("activation"),
                        declaration.activation(),
                        recipe.formats()))
                .toList();
    }
}
