package dev.tilesmith.runtime;

import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Tuning;
import dev.tilesmith.tune.TuningProfile;
import java.util.List;

/**
 * Every family of one declaration, in order of preference, and the choice among them for a host. Generated facades have one.
 *
 * @param <K> the declared interface
 */
public interface DispatchTable<K extends Kernel> {
    /**
     * The best kernel for this CPU and JVM. Of the variant that {@code -Dtilesmith.variant} names, if the table has it; else,
     * for each class of shapes, of what the tuning profile picks that {@code -Dtilesmith.profile} names, or that is on the class
     * path for this machine; else of the families of the first target that runs here the one that the cost model expects
     * clearly more of, or the first. A profile that cannot be followed is told of in the log,
     * in a line, and nothing else comes of it.
     *
     * @throws IllegalStateException if the variant that is asked for cannot run here
     */
    K best();

    /**
     * The same by a tuning profile, whatever others there are: where it is of another machine, or picks nothing that runs here, it is told
     * of in the log, and the first family that runs here serves.
     *
     * @throws IllegalStateException if a variant is asked for that cannot run here
     */
    K best(TuningProfile profile);

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

    /** Every variant once, in order of preference of their families; what several families have is the first one's. */
    List<Variant> variants();

    /** Every family of the table that can run here, in order of preference, as a kernel. */
    List<K> usable();

    /** What becomes of each family on a host, in order of preference. */
    List<Choice> choices(Host host);

    /** The choice and its reasons for this host, or for the CPU that {@code -Dtilesmith.cpu} names, as a table. */
    String explain();

    /** The choice and its reasons for this host, by a tuning profile. */
    String explain(TuningProfile profile);

    /**
     * What computes products of {@code m} rows with weights for n × k on this host, or the CPU that {@code -Dtilesmith.cpu} names:
     * the class of shapes they are of, the variant, how weights are packed for it, by what it was chosen, and by how much
     * it was better.
     *
     * @throws IllegalArgumentException if a size is negative, or weights are more than a long can count
     */
    String explain(int m, int n, int k);

    /** The choice and its reasons on a CPU, with a JVM that uses all of its vectors. */
    String explain(CpuProfile profile);

    /** The choice and its reasons on another host. */
    String explain(Host host);
}
