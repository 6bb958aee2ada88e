package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.recipe.Recipes;
import java.util.List;

/** There is a kernel for the three formats together; the fault is laid on the operand that would have to change. */
final class FormatsRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        final Formats formats = declaration.formats();
        if (Recipes.of(formats).isPresent()) {
            return List.of();
        }
        final Formats nearest = Recipes.nearest(formats);
        final String attribute =
                nearest.lhs() != formats.lhs() ? "lhs" : nearest.rhs() != formats.rhs() ? "rhs" : "dst";
        return List.of(Finding.of(
                ProductMessage.UNSUPPORTED_FORMATS, declaration.place(attribute), formats, nearest, Recipes.formats()));
    }
}
