package dev.tilesmith.processor.lower;

import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Multiplication;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Optional;

/**
 * What there is to know of a target to make kernels for it: Java, or machine code. What it needs of a CPU and a JVM only
 * those ask who run them; that is the runtime's.
 */
public sealed interface KernelTarget permits JavaTarget, MachineTarget {
    /** The name that declarations have for it. */
    Target target();

    /** How it multiplies. Weights that this has no product for have no code. */
    Multiplication multiplication();

    /** What it multiplies at once where a row has values for each column, and weights are stored so; nothing if it has no code for that. */
    default Optional<Product> productByColumn(Stored stored) {
        return Optional.empty();
    }

    /** Whether it has code for such sums, whose product is its own. */
    default boolean sums(Contraction contraction) {
        return true;
    }

    /** Its registers, and how many tiles of such sums take of them: masks, constants, tables and totals take registers too. */
    RegisterModel registers(Contraction contraction);

    /**
     * How loops along K of such sums may go, that of {@link Schedule#DEFAULT} first: those that there is code for of every tile
     * that {@link #registers} admits.
     */
    default List<Schedule> schedules(Contraction contraction) {
        return List.of(Schedule.DEFAULT);
    }
}
