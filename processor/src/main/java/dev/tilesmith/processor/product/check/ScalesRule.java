package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.spec.Format;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The format of blocks' scales is one that kernels read, and is said where weights have blocks. */
final class ScalesRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return Stream.of(declaration.scales())
                .flatMap(Optional::stream)
                .flatMap(scales -> Recipes.of(declaration.formats()).stream()
                        .flatMap(recipe -> fault(declaration.place("scales"), scales, recipe).stream()))
                .toList();
    }

    private static Optional<Finding> fault(Location location, Format scales, Recipe recipe) {
        final List<Format> formats = recipe.scaleFormats();
        if (formats.isEmpty()) {
            return Optional.of(Finding.of(
                    ProductMessage.SCALES_WITHOUT_BLOCKS,
                    location,
                    scales,
                    recipe.formats().rhs()));
        }
        return formats.contains(scales)
                ? Optional.empty()
                : Optional.of(Finding.of(ProductMessage.SCALES_FORMAT, location, scales, formats));
    }
}
