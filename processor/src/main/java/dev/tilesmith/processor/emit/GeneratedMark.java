package dev.tilesmith.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.annotation.processing.Generated;
import javax.lang.model.element.Element;

/** The mark that generated types carry where they can name it. */
public final class GeneratedMark {
    private static final String PROCESSOR = "dev.tilesmith.processor.TilesmithProcessor";

    private GeneratedMark() {}

    static AnnotationSpec annotation() {
        return AnnotationSpec.builder(Generated.class)
                .addMember("value", "$S", PROCESSOR)
                .build();
    }

    /** Whether an element carries it: others have marks of the same type. */
    public static boolean isOn(Element element) {
        return Optional.ofNullable(element.getAnnotation(Generated.class))
                .map(Generated::value)
                .filter(names -> Arrays.asList(names).contains(PROCESSOR))
                .isPresent();
    }
}
