package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.cpu.CpuProfile;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.drive.Compute;
import dev.tilesmith.kernel.drive.Lineup;
import dev.tilesmith.runtime.Choice;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Kernel;
import dev.tilesmith.setting.Settings;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Found;
import dev.tilesmith.tune.Tuning;
import dev.tilesmith.tune.TuningProfile;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The table of a declaration, over its generated families.
 *
 * @param <K> the declared interface
 */
public final class FamilyTable<K extends Kernel> implements DispatchTable<K> {
    private final String kernel;
    private final Activation activation;
    private final Function<Lineup, K> binder;
    private final List<FamilyEntry> entries;
    private final Refusals refusals;
    private final ProfileSearch search;

    /**
     * A table of a declaration.
     *
     * @param kernel the name of the declared interface
     * @param binder makes a kernel of what it is to compute by
     * @param entries the families, in order of preference
     */
    public FamilyTable(String kernel, Function<Lineup, K> binder, List<FamilyEntry> entries) {
        this(kernel, Activation.NONE, binder, entries);
    }

    /**
     * A table of a declaration with an activation.
     *
     * @param kernel the name of the declared interface
     * @param activation what its code applies to results
     * @param binder makes a kernel of what it is to compute by
     * @param entries the families, in order of preference
     */
    public FamilyTable(String kernel, Activation activation, Function<Lineup, K> binder, List<FamilyEntry> entries) {
        this(kernel, activation, binder, entries, () -> System.getLogger(DispatchTable.class.getName()));
    }

    /** A table that says in {@code log} what it cannot follow. */
    FamilyTable(
            String kernel,
            Activation activation,
            Function<Lineup, K> binder,
            List<FamilyEntry> entries,
            Supplier<Logger> log) {
        this.kernel = kernel;
        this.activation = activation;
        this.binder = binder;
        this.entries = List.copyOf(entries);
        this.refusals = new Refusals(log);
        this.search = ProfileSearch.by(this.entries.getFirst().factory().getClass());
    }

    @Override
    public K best() {
        return best(found(Host.current()));
    }

    @Override
    public K best(TuningProfile profile) {
        return best(ProfileSearch.given(profile, Host.current()));
    }

    private K best(Found found) {
        final Selection selection = selection(Host.current(), found);
        if (selection.asked().isPresent()) {
            requireUsable(selection.asked().get());
        }
        for (final String refusal : selection.refusals()) {
            refusals.tell(refusal);
        }
        final Lineup lineup = assembly(selection)
                .lineup()
                .orElseThrow(() -> new IllegalStateException(kernel + ": no family runs here\n" + explain()));
        final K best = binder.apply(lineup);
        if (selection.asked().isEmpty()) {
            warnOfStart(selection.roster(), best.family().target());
        }
        return best;
    }

    /** The profiles that this JVM was started with, or that are on the class path. */
    private Found found(Host host) {
        return search.find(host, Settings.current());
    }

    private Selection selection(Host host, Found found) {
        return Selection.of(new Roster(entries, host, Settings.current()), found);
    }

    private Assembly assembly(Selection selection) {
        return new Assembly(selection, refusal -> refusals.tellAgain(kernel + ": " + refusal));
    }

    /** If families before {@code served} were left out for how the JVM was started. */
    private static void warnOfStart(Roster roster, Target served) {
        for (final FamilyEntry entry : roster.entries()) {
            if (entry.family().target() == served) {
                return;
            }
            final Optional<Unmet> unmet = roster.unmet(entry.family());
            if (unmet.isPresent() && unmet.get().cause() == Unmet.Cause.START) {
                StartWarning.give(served);
                return;
            }
        }
    }

    @Override
    public K kernel(String variant) {
        final Variant named = Variant.parse(variant);
        return kernel(named, found(Host.current()).tuning(named.target()));
    }

    @Override
    public K kernel(Variant variant, Tuning tuning) {
        final FamilyEntry entry = requireUsable(variant);
        try {
            return bound(entry.factory().make(entry.family().upTo(variant.mr()), Host.current(), tuning));
        } catch (CodeRefusedException e) {
            throw new IllegalStateException("variant: '" + variant + "' cannot run here: " + e.getMessage(), e);
        }
    }

    private FamilyEntry requireUsable(Variant variant) {
        final Roster roster = new Roster(entries, Host.current(), Settings.current());
        final FamilyEntry entry = roster.having(variant)
                .orElseThrow(() -> new IllegalArgumentException("variant: " + kernel + " has no '" + variant
                        + "'; it has: " + variants().stream().map(Variant::name).toList()));
        roster.unmet(entry.family()).ifPresent(unmet -> {
            throw new IllegalStateException("variant: '" + variant + "' cannot run here: " + unmet.reason());
        });
        return entry;
    }

    private K bound(Compute compute) {
        return binder.apply(Lineup.of(compute));
    }

    @Override
    public List<Variant> variants() {
        return entries.stream()
                .flatMap(entry -> entry.family().variants().stream())
                .distinct() // of a tile that several families have the name means the first one's, as in kernel(String)
                .toList();
    }

    @Override
    public List<K> usable() {
        final Host host = Host.current();
        final Found found = found(host);
        final Selection selection = selection(host, found);
        final Assembly assembly = assembly(selection);
        return selection.roster().usable().stream()
                .map(entry -> new Candidate(
                        entry, entry.family(), found.tuning(entry.family().target()), new Origin.InOrder()))
                .flatMap(candidate -> assembly.compute(candidate).stream())
                .map(this::bound)
                .toList();
    }

    @Override
    public List<Choice> choices(Host host) {
        return new Verdicts(selection(host, found(host))).choices();
    }

    @Override
    public String explain() {
        return explain(hostToExplain());
    }

    private static Host hostToExplain() {
        return Settings.current().cpu().map(FamilyTable::hostOf).orElseGet(Host::current);
    }

    private static Host hostOf(String name) {
        return Hosts.of(CpuProfile.named(name));
    }

    @Override
    public String explain(CpuProfile profile) {
        return explain(Hosts.of(profile));
    }

    @Override
    public String explain(Host host) {
        return Explanation.of(kernel, activation, selection(host, found(host)));
    }

    @Override
    public String explain(TuningProfile profile) {
        final Host host = Host.current();
        return Explanation.of(kernel, activation, selection(host, ProfileSearch.given(profile, host)));
    }

    @Override
    public String explain(int m, int n, int k) {
        final Host host = hostToExplain();
        return Explanation.of(m, n, k, selection(host, found(host)));
    }
}
