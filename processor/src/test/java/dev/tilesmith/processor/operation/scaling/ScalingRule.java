package dev.tilesmith.processor.operation.scaling;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import java.util.List;

/** The number to multiply by is not zero. */
final class ScalingRule implements Rule<ScalingDeclaration> {
    @Override
    public List<Finding> check(ScalingDeclaration declaration) {
        return declaration.by() != 0
                ? List.of()
                : List.of(Finding.of(
                        ScalingMessage.BY_ZERO,
                        Location.value(Scaling.class, "by"),
                        declaration.subject().name()));
    }
}
