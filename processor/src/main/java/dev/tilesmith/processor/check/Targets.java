package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.plan.SupportedFormats;
import dev.tilesmith.spec.Target;

/** What rules about tiles ask of their targets. */
final class Targets {
    private Targets() {}

    /** Whether there is code for the declaration's formats on {@code target}. */
    static boolean able(Declaration declaration, Target target) {
        return SupportedFormats.targets(declaration.formats()).contains(target);
    }
}
