package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.setting.Settings;
import dev.tilesmith.tune.Found;
import dev.tilesmith.tune.Found.Giver;
import dev.tilesmith.tune.Found.Refusal;
import dev.tilesmith.tune.Found.Sourced;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.Profiles;
import dev.tilesmith.tune.TuningProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a table looks for tuning profiles: in the file that a system property names, or, if that is no profile of the machine, where the
 * classes of the declaration are, which is looked through once.
 */
final class ProfileSearch {
    private static final String PROGRAM = "given by the program";

    private final ClassLoader loader;
    private final List<Searched> searched = new ArrayList<>();

    /**
     * What was found on the class path.
     *
     * @param machine for which
     * @param found what
     */
    private record Searched(Machine machine, Found found) {}

    /** A search where {@code loader} finds resources. */
    ProfileSearch(ClassLoader loader) {
        this.loader = loader;
    }

    /** A search where a class of a declaration is. */
    static ProfileSearch by(Class<?> generated) {
        final ClassLoader own = generated.getClassLoader();
        return new ProfileSearch(own == null ? ClassLoader.getSystemClassLoader() : own);
    }

    /** A profile that needs no search. */
    static Found given(TuningProfile profile, Host host) {
        return profile.machine()
                .unlike(Machine.of(host.cpu()))
                .map(difference -> new Found(List.of(), List.of(new Refusal(PROGRAM, difference))))
                .orElseGet(() -> new Found(List.of(new Sourced(PROGRAM, profile, Giver.USER)), List.of()));
    }

    /** The profiles of a host, and what was found and is none. */
    Found find(Host host, Settings settings) {
        final Machine machine = Machine.of(host.cpu());
        if (settings.tuning().isEmpty()) {
            return onClassPath(machine);
        }
        final Found named = Profiles.given(settings.tuning().get(), machine);
        return named.profiles().isEmpty() ? named.then(onClassPath(machine)) : named;
    }

    /** Machines are few, mostly this one: a list of them asks for no hash codes, which records are slow to give a first time. */
    private synchronized Found onClassPath(Machine machine) {
        for (final Searched before : searched) {
            if (before.machine().equals(machine)) {
                return before.found();
            }
        }
        final Found found = Profiles.onClassPath(loader, machine);
        searched.add(new Searched(machine, found));
        return found;
    }
}
