package dev.tilesmith.processor.operation.depthwise;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import java.util.Comparator;
import java.util.List;

/** There is a depthwise kernel for the three formats; the fault is laid on the first operand that would have to change. */
final class DepthwiseFormatsRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        final Formats formats = declaration.formats();
        final List<Formats> all = DepthwisePlanner.formats();
        if (all.contains(formats)) {
            return List.of();
        }
        final Formats nearest = all.stream()
                .min(Comparator.comparingInt(candidate -> candidate.distance(formats)))
                .orElseThrow();
        return List.of(Finding.of(
                DepthwiseMessage.UNSUPPORTED_FORMATS,
                declaration.place(attribute(formats, nearest)),
                formats,
                nearest,
                all));
    }

    private static String attribute(Formats formats, Formats nearest) {
        if (nearest.lhs() != formats.lhs()) {
            return "lhs";
        }
        return nearest.rhs() == formats.rhs() ? "dst" : "rhs";
    }
}
