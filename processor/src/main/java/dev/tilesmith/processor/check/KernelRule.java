package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Subject;
import java.util.List;

/** The annotated interface extends {@code MatMulKernel}. */
final class KernelRule implements Rule {
    @Override
    public List<Finding> check(Declaration declaration) {
        final Subject subject = declaration.subject();
        return subject.isKernel()
                ? List.of()
                : List.of(Finding.of(Message.NOT_A_KERNEL, Location.element(), subject.name(), subject.simpleName()));
    }
}
