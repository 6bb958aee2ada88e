package dev.tilesmith.runtime;

import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Tuning;
import java.util.List;

/**
 * Every family of one declaration, in order of preference, and the choice among them for a host. Generated facades have one.
 *
 * @param <K> the declared interface
 */
public interface DispatchTable<K extends MatMulKernel> {
    /**
     * A kernel of the first family that this CPU and JVM can run, or of the variant that {@code -Dtilesmith.variant}
     * names.
     *
     * @throws IllegalStateException if that variant cannot run here
     */
    K best();

    /**
     * A kernel of the variant of this name and the shorter tiles of its family.
     *
     * @throws IllegalArgumentException if there is no such variant
     * @throws IllegalStateException if it cannot run here
     */
    K kernel(String variant);

    /**
     * A kernel of a variant and the shorter tiles of its family, driven as {@code tuning} says: for measuring. Results are the
     * same bits, however it is tuned.
     *
     * @throws IllegalArgumentException if there is no such variant
     * @throws IllegalStateException if it cannot run here
     */
    K kernel(Variant variant, Tuning tuning);

    /** Every variant, in order of preference of their families. */
    List<Variant> variants();

    /** Every family of the table that can run here, in order of preference, as a kernel. */
    List<K> usable();

    /** What becomes of each family on a host, in order of preference. */
    List<Choice> choices(Host host);

    /** The choice and its reasons for this host, or for the CPU that {@code -Dtilesmith.cpu} names, as a table. */
    String explain();

    /** The choice and its reasons on a CPU, with a JVM that uses all of its vectors. */
    String explain(CpuProfile profile);

    /** The choice and its reasons on another host. */
    String explain(Host host);
}
