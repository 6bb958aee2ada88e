package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.setting.Settings;
import dev.tilesmith.tune.Found;
import dev.tilesmith.tune.Found.Refusal;
import dev.tilesmith.tune.Found.Sourced;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.Profiles;
import dev.tilesmith.tune.TuningProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a table looks for tuning profiles: in the file that a system property names, or, if that is no profile of the machine, where the
 * classes of the declaration are, which is looked through once.
 */
final class ProfileSearch {
    private static final String PROGRAM = "given by the program";

    private final ClassLoader loader;
    private final Map<Machine, Found> onClassPath = new ConcurrentHashMap<>();

    /** A search where {@code loader} finds resources. */
    ProfileSearch(ClassLoader loader) {
        this.loader = loader;
    }

    /** A search where a class of a declaration is. */
    static ProfileSearch by(Class<?> generated) {
        return new ProfileSearch(
                Optional.ofNullable(generated.getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader));
    }

    /** A profile that needs no search. */
    static Found given(TuningProfile profile, Host host) {
        return profile.machine()
                .unlike(Machine.of(host.cpu()))
                .map(difference -> new Found(List.of(), List.of(new Refusal(PROGRAM, difference))))
                .orElseGet(() -> new Found(List.of(new Sourced(PROGRAM, profile)), List.of()));
    }

    /** The profiles of a host, and what was found and is none. */
    Found find(Host host, Settings settings) {
        final Machine machine = Machine.of(host.cpu());
        final Found named =
                settings.tuning().map(file -> Profiles.given(file, machine)).orElseGet(Found::nothing);
        return named.profiles().isEmpty() ? named.then(onClassPath(machine)) : named;
    }

    private Found onClassPath(Machine machine) {
        return onClassPath.computeIfAbsent(machine, asked -> Profiles.onClassPath(loader, asked));
    }
}
