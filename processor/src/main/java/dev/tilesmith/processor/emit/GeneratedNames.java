package dev.tilesmith.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import dev.tilesmith.processor.model.Subject;
import dev.tilesmith.spec.Target;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.annotation.processing.Generated;

/** Names of generated types, and the mark they carry. */
final class GeneratedNames {
    private final Subject subject;

    GeneratedNames(Subject subject) {
        this.subject = subject;
    }

    /** The declared interface. */
    ClassName kernel() {
        final String[] names = subject.name().split("\\.", -1);
        return ClassName.get(subject.packageName(), names[0], Arrays.copyOfRange(names, 1, names.length));
    }

    /** {@code LinearKernels}. */
    ClassName facade() {
        return ClassName.get(subject.packageName(), subject.generatedPrefix() + "Kernels");
    }

    /** {@code Linear_Vector512}. */
    ClassName family(Target target) {
        final String camel = Arrays.stream(target.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return ClassName.get(subject.packageName(), subject.generatedPrefix() + "_" + camel);
    }

    /** No date: the same declaration gives the same bytes. */
    static AnnotationSpec generated() {
        return AnnotationSpec.builder(Generated.class)
                .addMember("value", "$S", "dev.tilesmith.processor.TilesmithProcessor")
                .build();
    }
}
