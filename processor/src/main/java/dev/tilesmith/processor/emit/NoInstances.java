package dev.tilesmith.processor.emit;

import com.palantir.javapoet.MethodSpec;
import javax.lang.model.element.Modifier;

/** The one constructor of a generated class that has no instances. */
public final class NoInstances {
    private NoInstances() {}

    /** The constructor. */
    public static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addJavadoc("There are no instances.\n")
                .addModifiers(Modifier.PRIVATE)
                .build();
    }
}
