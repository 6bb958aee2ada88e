package dev.tilesmith.processor.operation.matmul.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.operation.matmul.model.Declaration;
import dev.tilesmith.processor.operation.matmul.model.Formats;
import dev.tilesmith.processor.operation.matmul.model.Places;
import dev.tilesmith.processor.operation.matmul.recipe.Recipes;
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
                MatMulMessage.UNSUPPORTED_FORMATS, Places.matMul(attribute), formats, nearest, Recipes.formats()));
    }
}
