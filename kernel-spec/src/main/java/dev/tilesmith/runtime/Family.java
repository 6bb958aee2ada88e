package dev.tilesmith.runtime;

import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import java.util.List;

/** The variants of one target that share one layout of packed weights. Those there are come from kernels and their tables. */
public interface Family {
    /** Format of the result. */
    Format dst();

    /** Format of the left operand. */
    Format lhs();

    /** Format of the right operand. */
    Format rhs();

    /** Instruction set. */
    Target target();

    /** How its loops go along K. */
    Schedule schedule();

    /** Columns of a tile. */
    int nr();

    /** Rows of the tiles there are, in ascending order from 1. */
    List<Integer> mrs();

    /** The family's variants, in ascending order of their rows. */
    List<Variant> variants();

    /** Rows of the tallest tile. */
    default int maxMr() {
        return mrs().getLast();
    }
}
