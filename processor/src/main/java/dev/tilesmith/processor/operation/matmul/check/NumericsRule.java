package dev.tilesmith.processor.operation.matmul.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.operation.matmul.model.Declaration;
import dev.tilesmith.processor.operation.matmul.model.Places;
import dev.tilesmith.processor.operation.matmul.recipe.Recipes;
import java.util.List;

/** {@code FAST} is said where it has an effect; elsewhere it misleads whoever reads the declaration. */
final class NumericsRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return Recipes.of(declaration.formats()).stream()
                .filter(recipe -> !recipe.numerics().contains(declaration.numerics()))
                .map(recipe ->
                        Finding.of(MatMulMessage.FAST_CHANGES_NOTHING, Places.matMul("numerics"), recipe.formats()))
                .toList();
    }
}
