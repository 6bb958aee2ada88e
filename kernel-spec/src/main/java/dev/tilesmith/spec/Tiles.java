package dev.tilesmith.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Overrides the tile plan of one target of a {@link MatMul} or {@link Conv2d} declaration.
 *
 * <p>A target has one {@code nr}, so that its weights are packed once for every {@code mr}. What a sweep found best is said
 * here too, without the lattice that it was found in: its columns, its steps and whether it fetches ahead.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@java.lang.annotation.Target(ElementType.TYPE)
@Repeatable(Tiles.List.class)
public @interface Tiles {
    /** The target whose plan this is. */
    Target target();

    /**
     * The rows of the tiles, each within the target's registers; by default every one from 1 to the largest. Rows that
     * none of them fits are left to the smaller ones, so 1 is always added.
     */
    int[] mr() default {};

    /** The columns of a tile: a multiple of the target's vector; by default the target's best. */
    int nr() default 0;

    /** Steps along K that a pass of the loop takes, where the target has a choice. */
    int unroll() default 1;

    /** Whether the loop fetches weights ahead, where the target has a choice. */
    Schedule.Prefetch prefetch() default Schedule.Prefetch.AHEAD;

    /** The container of repeated {@link Tiles}. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @java.lang.annotation.Target(ElementType.TYPE)
    @interface List {
        /** The plans, one for each target. */
        Tiles[] value();
    }
}
