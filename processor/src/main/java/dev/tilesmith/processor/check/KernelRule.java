package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Subject;
import java.util.List;

/** The annotated interface extends what interfaces of its operation do. */
final class KernelRule implements Rule<Declared> {
    private final KernelType type;

    KernelRule(KernelType type) {
        this.type = type;
    }

    @Override
    public List<Finding> check(Declared declaration) {
        final Subject subject = declaration.subject();
        return subject.isKernel()
                ? List.of()
                : List.of(Finding.of(
                        CommonMessage.NOT_A_KERNEL,
                        Location.element(),
                        subject.name(),
                        type.kernelName(),
                        subject.simpleName(),
                        type.kernelName()));
    }
}
