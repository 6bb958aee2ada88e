package dev.tilesmith.tune;

import dev.tilesmith.tune.Found.Giver;
import dev.tilesmith.tune.Found.Refusal;
import dev.tilesmith.tune.Found.Sourced;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for profiles of a machine. Nothing that is found makes it throw: what is no profile, of another machine or another JDK
 * is refused with a line that says so. Each call looks anew, and opens as many files as there are; whoever asks often keeps what
 * was found.
 */
public final class Profiles {
    private Profiles() {}

    /** The profile in a file that somebody named. */
    public static Found given(String file, Machine machine) {
        return find(file, Giver.USER, machine, () -> open(file));
    }

    private static InputStream open(String file) throws IOException {
        try {
            final Path path = Path.of(file);
            // What is no file, like a pipe, may never end or never begin.
            if (!Files.isRegularFile(path)) {
                throw new IOException(Files.exists(path) ? "it is no file; expected one" : "there is no such file");
            }
            return Files.newInputStream(path);
        } catch (InvalidPathException e) {
            throw new IOException("it is not the name of a file: " + e.getReason(), e);
        }
    }

    /**
     * The profiles named {@link TuningProfile#resourceName} that a class loader sees, in its order, and then the one that comes
     * with Tilesmith. That one is silent where it is of another JDK, or of a CPU with other features: nobody here gave it.
     *
     * @param loader the declaration's
     */
    public static Found onClassPath(ClassLoader loader, Machine machine) {
        final String name = TuningProfile.resourceName(machine);
        final Map<String, URL> addresses = new LinkedHashMap<>();
        try {
            for (final URL url : Collections.list(loader.getResources(name))) {
                addresses.put(url.toExternalForm(), url);
            }
        } catch (IOException e) {
            return new Found(List.of(), List.of(new Refusal(name, reason(e))));
        }
        // What a loader of modules does not see: the module's own.
        Optional.ofNullable(Profiles.class.getResource("/" + name))
                .ifPresent(url -> addresses.putIfAbsent(url.toExternalForm(), url));
        if (addresses.isEmpty()) { // as it mostly is
            return Found.nothing();
        }
        final String ours = place() + name;
        return addresses.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().equals(ours))) // false is before true
                .map(entry -> entry.getKey().equals(ours)
                        ? find(own(machine), Giver.TILESMITH, machine, () -> open(entry.getValue()))
                        : find(entry.getKey(), Giver.USER, machine, () -> open(entry.getValue())))
                .reduce(Found.nothing(), Found::then);
    }

    /** What people are to read in place of an address in Tilesmith's jar. */
    private static String own(Machine machine) {
        return "the profile that comes with Tilesmith for " + machine.model();
    }

    /** The jar or folder that Tilesmith is in, as an address. */
    private static String place() {
        final String type = Profiles.class.getName().replace('.', '/') + ".class";
        return Optional.ofNullable(Profiles.class.getResource("/" + type))
                .map(URL::toExternalForm)
                .filter(address -> address.endsWith(type))
                .map(address -> address.substring(0, address.length() - type.length()))
                .orElse("");
    }

    private static InputStream open(URL url) throws IOException {
        final URLConnection connection = url.openConnection();
        connection.setUseCaches(false); // a cached jar stays open, and changes unseen
        return connection.getInputStream();
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    private static Found find(String origin, Giver giver, Machine machine, Opening opening) {
        final List<Sourced> profiles = new ArrayList<>();
        final List<Refusal> refusals = new ArrayList<>();
        try (InputStream bytes = opening.open()) {
            final TuningProfile profile = ProfileBytes.read(bytes);
            profile.machine()
                    .unlike(machine)
                    .ifPresentOrElse(
                            difference -> refusals.add(new Refusal(origin, difference)),
                            () -> profiles.add(new Sourced(origin, profile, giver)));
        } catch (IOException e) {
            refusals.add(new Refusal(origin, reason(e)));
        } catch (ProfileRefusedException e) {
            refusals.add(new Refusal(origin, e.getMessage()));
        }
        return switch (giver) {
            case USER -> new Found(profiles, refusals);
            case TILESMITH -> new Found(profiles, List.of());
        };
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
