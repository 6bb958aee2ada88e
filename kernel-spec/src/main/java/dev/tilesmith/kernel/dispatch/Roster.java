package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.setting.Settings;
import dev.tilesmith.spec.Variant;
import java.util.List;
import java.util.Optional;

/**
 * The families of a table, and which of them run on a host.
 *
 * @param entries in order of preference
 * @param host where they are to run
 * @param settings what this JVM was told
 */
record Roster(List<FamilyEntry> entries, Host host, Settings settings) {
    /** Why a family does not run; nothing if it does. */
    Optional<Unmet> unmet(PanelFamily family) {
        return TargetNeeds.unmet(family, host, settings);
    }

    /** The families that run. */
    List<FamilyEntry> usable() {
        return entries.stream().filter(entry -> unmet(entry.family()).isEmpty()).toList();
    }

    /** The family that has a variant. */
    Optional<FamilyEntry> having(Variant variant) {
        return entries.stream()
                .filter(entry -> entry.family().variants().contains(variant))
                .findFirst();
    }

    /** The same, if it runs. */
    Optional<FamilyEntry> usable(Variant variant) {
        return having(variant).filter(entry -> unmet(entry.family()).isEmpty());
    }

    /** Why a variant does not serve; nothing if it can. */
    Optional<String> whyNot(Variant variant) {
        return having(variant)
                .map(entry -> unmet(entry.family()).map(Unmet::reason))
                .orElse(Optional.of("this table has no such variant"));
    }

    /** Whether a variant multiplies what this table's families do. */
    boolean hasFormatsOf(Variant variant) {
        return entries.stream()
                .map(FamilyEntry::family)
                .anyMatch(family -> family.dst() == variant.dst()
                        && family.lhs() == variant.lhs()
                        && family.rhs() == variant.rhs());
    }
}
