package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Subject;
import java.util.List;

/** All supertypes are known: what they hold decides whether the interface is a kernel. */
final class SupertypesRule implements Rule {
    @Override
    public List<Finding> check(Declaration declaration) {
        final Subject subject = declaration.subject();
        return subject.unresolved().stream()
                .map(name -> Finding.of(Message.UNRESOLVED_SUPERTYPE, Location.element(), subject.name(), name))
                .toList();
    }
}
