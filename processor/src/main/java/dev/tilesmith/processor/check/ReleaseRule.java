package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import java.util.List;

/** Sources are compiled for a release that generated code, and the runtime it leans on, can run on. */
final class ReleaseRule implements Rule {
    private static final int RELEASE = 25;

    @Override
    public List<Finding> check(Declaration declaration) {
        final int release = declaration.scope().release();
        return release >= RELEASE
                ? List.of()
                : List.of(Finding.of(
                        Message.RELEASE,
                        Location.element(),
                        declaration.subject().name(),
                        release,
                        RELEASE,
                        RELEASE));
    }
}
