package dev.tilesmith.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Has what can only be measured generated for a {@link MatMul} declaration: beside the families it has anyway, the lattice of
 * tiles that fit each target's registers, as families of the same table; and a JMH class over all of them.
 *
 * <p>The families it has anyway come first in the table, so that nothing is chosen by the lattice but what a tuning profile
 * names. A sweep measures the table, and writes such a profile; {@link Tiles} can say what it found without the lattice.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Sweep {
    /** The targets to have a lattice of; by default all that the declaration has. */
    Target[] targets() default {};

    /** Steps along K that a pass of a loop may take: of these a target has those that it has code for. */
    int[] unroll() default {1, 2};

    /**
     * The shapes to measure, as {@link SweptShape} has them; by default one of each class: one row, few and many, with weights
     * that stay in a cache, and that come from memory.
     */
    String[] shapes() default {
        "1x1024x1024", "1x4096x4096-cold", "8x1024x1024", "8x4096x4096-cold", "256x1024x1024", "256x4096x4096-cold"
    };
}
