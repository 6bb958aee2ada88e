package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Subject;
import java.util.List;

/** The annotated element is an interface. */
final class InterfaceRule implements Rule {
    @Override
    public List<Finding> check(Declaration declaration) {
        final Subject subject = declaration.subject();
        return subject.kind().equals("interface")
                ? List.of()
                : List.of(Finding.of(
                        Message.NOT_AN_INTERFACE,
                        Location.element(),
                        subject.kind(),
                        subject.name(),
                        subject.simpleName()));
    }
}
