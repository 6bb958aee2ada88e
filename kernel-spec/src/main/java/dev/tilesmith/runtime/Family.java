package dev.tilesmith.runtime;

import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import java.util.List;
import java.util.Optional;

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

    /** Whether results are those of every other reproducible family, or within a bound. */
    default Numerics numerics() {
        return errorBound().isPresent() ? Numerics.FAST : Numerics.REPRODUCIBLE;
    }

    /** How far sums may be from exact ones, where the family rounds by an order of its own; nothing where it is reproducible. */
    Optional<ErrorBound> errorBound();

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
