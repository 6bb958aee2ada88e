package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.operation.matmul.recipe.Recipes;
import java.util.List;

/** {@code FAST} is said where it has an effect; elsewhere it misleads whoever reads the declaration. */
final class NumericsRule implements Rule {
    @Override
    public List<Finding> check(Declaration declaration) {
        return Recipes.of(declaration.formats()).stream()
                .filter(recipe -> !recipe.numerics().contains(declaration.numerics()))
                .map(recipe -> Finding.of(Message.FAST_CHANGES_NOTHING, Location.matMul("numerics"), recipe.formats()))
                .toList();
    }
}
