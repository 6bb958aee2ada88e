package dev.tilesmith.processor.model;

import java.lang.annotation.Annotation;

/**
 * What the declarations of an operation are. Only the names of these types are used: those that javac sees may be others.
 *
 * @param annotation what makes an interface a declaration
 * @param kernel the interface that it extends
 * @param superclass what the classes extend that are generated for it
 */
public record KernelType(Class<? extends Annotation> annotation, Class<?> kernel, Class<?> superclass) {
    /** The annotation's name, as messages say it. */
    public String annotationName() {
        return annotation.getSimpleName();
    }

    /** The name of the interface to extend, as messages say it. */
    public String kernelName() {
        return kernel.getSimpleName();
    }
}
