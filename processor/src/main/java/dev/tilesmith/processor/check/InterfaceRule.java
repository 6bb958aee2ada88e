package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Subject;
import java.util.List;

/** The annotated element is an interface. */
final class InterfaceRule implements Rule<Declared> {
    private final KernelType type;

    InterfaceRule(KernelType type) {
        this.type = type;
    }

    @Override
    public List<Finding> check(Declared declaration) {
        final Subject subject = declaration.subject();
        return subject.kind().equals("interface")
                ? List.of()
                : List.of(Finding.of(
                        CommonMessage.NOT_AN_INTERFACE,
                        Location.element(),
                        type.annotationName(),
                        subject.kind(),
                        subject.name(),
                        subject.simpleName(),
                        type.kernelName()));
    }
}
