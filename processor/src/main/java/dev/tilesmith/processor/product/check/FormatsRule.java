package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Message;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import java.util.List;

/**
 * There is a kernel for the three formats together; the fault is laid on the first operand that would have to change.
 *
 * @param unsupported says so, with the formats, those that may have been meant, and all that there are
 * @param known the formats that there are kernels for
 */
public record FormatsRule(Message unsupported, List<Formats> known) implements Rule<Declaration> {
    /** Makes the list immutable. */
    public FormatsRule {
        known = List.copyOf(known);
    }

    @Override
    public List<Finding> check(Declaration declaration) {
        final Formats formats = declaration.formats();
        if (known.contains(formats)) {
            return List.of();
        }
        final Formats nearest = formats.nearest(known);
        final String attribute =
                nearest.lhs() != formats.lhs() ? "lhs" : nearest.rhs() != formats.rhs() ? "rhs" : "dst";
        return List.of(Finding.of(unsupported, declaration.place(attribute), formats, nearest, known));
    }
}
