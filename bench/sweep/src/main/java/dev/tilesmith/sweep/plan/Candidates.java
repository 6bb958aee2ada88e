package dev.tilesmith.sweep.plan;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.Choice.Verdict;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Variant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of a table is worth measuring here. */
public final class Candidates {
    private final List<Family> families;

    private Candidates(List<Family> families) {
        this.families = List.copyOf(families);
    }

    /** Of the families that run on this machine. */
    public static Candidates of(DispatchTable<? extends MatMulKernel> table) {
        return new Candidates(table.choices(Host.current()).stream()
                .filter(choice -> choice.verdict() != Verdict.UNUSABLE)
                .map(Choice::family)
                .toList());
    }

    /** The families, in the table's order. */
    public List<Family> families() {
        return families;
    }

    /**
     * Those that differ from each other for so many rows, in the table's order. A tile that a default family has and its lattice too
     * is the default's by its name: what else the lattice has is measured by its other tiles.
     */
    public List<Candidate> forRows(int rows) {
        final Set<Variant> named = new HashSet<>();
        return families.stream()
                .flatMap(family -> {
                    final List<Variant> own =
                            family.variants().stream().filter(named::add).toList();
                    return Caps.differing(family, own, rows).stream();
                })
                .map(Candidate::new)
                .toList();
    }
}
