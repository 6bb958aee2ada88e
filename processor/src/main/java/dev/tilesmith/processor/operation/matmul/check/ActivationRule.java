package dev.tilesmith.processor.operation.matmul.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.operation.matmul.model.Declaration;
import dev.tilesmith.processor.operation.matmul.model.Places;
import dev.tilesmith.processor.operation.matmul.recipe.Recipes;
import java.util.List;

/** What is applied to results is applied to f32. */
final class ActivationRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return Recipes.of(declaration.formats()).stream()
                .filter(recipe -> !recipe.activations().contains(declaration.activation()))
                .map(recipe -> Finding.of(
                        MatMulMessage.ACTIVATION_OF_INTEGERS,
                        Places.matMul("activation"),
                        declaration.activation(),
                        recipe.formats()))
                .toList();
    }
}
