package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.memory.OperandNames;
import dev.tilesmith.runtime.Kernel;
import java.io.NotSerializableException;

/** A kernel that computes by families' generated code, whatever its operation. The classes that extend it are this package's. */
public abstract class Driven implements Kernel {
    private final DrivenFamilies families;

    /**
     * A kernel that computes by the families of {@code lineup}.
     *
     * @param lineup the families' code
     * @param clamps whether the declaration allows bounds on results
     * @param names what operands are called
     */
    Driven(Lineup lineup, boolean clamps, OperandNames names) {
        this.families = new DrivenFamilies(lineup, clamps, names);
    }

    /** What it computes by. */
    final DrivenFamilies families() {
        return families;
    }

    @Override
    public final PanelFamily family() {
        return families.family();
    }

    /**
     * Refuses to serialize a kernel, whose interface may be {@code Serializable}: it is of this CPU and this JVM, and what
     * would be read elsewhere could not run.
     *
     * @throws NotSerializableException always
     */
    @SuppressWarnings("DoNotCallSuggester") // serialization calls it
    protected final Object writeReplace() throws NotSerializableException {
        throw new NotSerializableException(
                getClass().getName() + ": a kernel belongs to the CPU and the JVM that it was"
                        + " chosen for; get one from the table of its declaration where it is to run");
    }

    @Override
    public final String toString() {
        return family().toString();
    }
}
