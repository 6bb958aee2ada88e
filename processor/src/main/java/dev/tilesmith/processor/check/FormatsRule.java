package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Formats;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.plan.SupportedFormats;
import java.util.List;

/** There is a kernel for the three formats together; the fault is laid on the operand that would have to change. */
final class FormatsRule implements Rule {
    @Override
    public List<Finding> check(Declaration declaration) {
        final Formats formats = declaration.formats();
        if (SupportedFormats.all().contains(formats)) {
            return List.of();
        }
        final Formats nearest = SupportedFormats.nearest(formats);
        final String attribute =
                nearest.lhs() != formats.lhs() ? "lhs" : nearest.rhs() != formats.rhs() ? "rhs" : "dst";
        return List.of(Finding.of(
                Message.UNSUPPORTED_FORMATS, Location.matMul(attribute), formats, nearest, SupportedFormats.all()));
    }
}
