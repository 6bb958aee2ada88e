package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Subject;
import java.util.List;

/** All supertypes are known: what they hold decides whether the interface is a kernel. */
final class SupertypesRule implements Rule<Declared> {
    @Override
    public List<Finding> check(Declared declaration) {
        final Subject subject = declaration.subject();
        return subject.unresolved().stream()
                .map(name -> Finding.of(CommonMessage.UNRESOLVED_SUPERTYPE, Location.element(), subject.name(), name))
                .toList();
    }
}
