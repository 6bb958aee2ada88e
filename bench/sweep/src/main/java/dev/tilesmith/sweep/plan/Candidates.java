package dev.tilesmith.sweep.plan;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.Choice.Verdict;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Family;
import java.util.List;

/** What of a table is worth measuring here. */
public final class Candidates {
    private final List<Family> families;

    private Candidates(List<Family> families) {
        this.families = List.copyOf(families);
    }

    /** Of the families that run on this machine. */
    public static Candidates of(DispatchTable<?> table) {
        return new Candidates(table.choices(Host.current()).stream()
                .filter(choice -> choice.verdict() != Verdict.UNUSABLE)
                .map(Choice::family)
                .toList());
    }

    /** The families, in the table's order. */
    public List<Family> families() {
        return families;
    }

    /** Those that differ from each other for so many rows, in the table's order. */
    public List<Candidate> forRows(int rows) {
        return families.stream()
                .flatMap(family -> Caps.differing(family, rows).stream())
                .distinct() // a lattice may have a tile that a default family has too
                .map(Candidate::new)
                .toList();
    }
}
