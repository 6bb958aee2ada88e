package dev.tilesmith.processor.product.plan;

import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.recipe.BlockScales;
import dev.tilesmith.processor.product.recipe.Recipe;
import java.util.List;
import java.util.Optional;

/**
 * All that is generated for one declaration.
 *
 * @param declaration the declaration
 * @param recipe what its formats become
 * @param families its families: one for each target, in order of preference, and after all of these the lattices
 */
public record KernelPlan(Declaration declaration, Recipe recipe, List<FamilyPlan> families) {
    /** Makes the list immutable. */
    public KernelPlan {
        families = List.copyOf(families);
    }

    /** The scales of blocks; nothing where there are no blocks with scales of their own. */
    public Optional<BlockScales> scales() {
        return recipe.scales(declaration.scales());
    }
}
