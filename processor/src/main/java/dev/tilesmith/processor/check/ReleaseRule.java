package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.Location;
import java.util.List;

/** Sources are compiled for a release that generated code, and the runtime it leans on, can run on. */
final class ReleaseRule implements Rule<Declared> {
    private static final int RELEASE = 25;

    @Override
    public List<Finding> check(Declared declaration) {
        final int release = declaration.scope().release();
        return release >= RELEASE
                ? List.of()
                : List.of(Finding.of(
                        CommonMessage.RELEASE,
                        Location.element(),
                        declaration.subject().name(),
                        release,
                        RELEASE,
                        RELEASE));
    }
}
