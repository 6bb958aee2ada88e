package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.spec.Numerics;
import java.util.List;

/** {@code FAST} is said where it has an effect; elsewhere it misleads whoever reads the declaration. */
final class NumericsRule implements Rule {
    @Override
    public List<Finding> check(Declaration declaration) {
        return declaration.numerics() == Numerics.REPRODUCIBLE || SupportedFormats.fastDiffers(declaration.formats())
                ? List.of()
                : List.of(Finding.of(Message.FAST_CHANGES_NOTHING, Location.matMul("numerics"), declaration.formats()));
    }
}
