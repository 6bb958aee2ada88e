package dev.tilesmith.processor.operation.scaling;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares a kernel that scales. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Scaling {
    /** The number to multiply by. */
    int by();
}
