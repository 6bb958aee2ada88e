package dev.tilesmith.sweep.store;

import dev.tilesmith.sweep.store.Entry.KnobTried;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.Pick;
import dev.tilesmith.tune.Setting;
import dev.tilesmith.tune.TuningProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tuning profile of a machine in a folder: a sweep adds what it found to what is there. */
public final class ProfileFile {
    private static final String ENDING = ".profile";

    private ProfileFile() {}

    /** What a path means: a file, if there is one or the name ends as one's does, else a folder with the profile of a machine. */
    public static Path at(Path path, Machine machine) {
        return Files.isRegularFile(path) || path.toString().endsWith(ENDING) ? path : in(path, machine);
    }

    /** Where the profile of a machine is. */
    public static Path in(Path folder, Machine machine) {
        final String resource = TuningProfile.resourceName(machine);
        return folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    }

    /** What a sweep found, as a profile. */
    public static TuningProfile found(Machine machine, LocalDate day, List<KnobTried> knobs, List<Pick> picks) {
        final Map<String, Setting> settings = new LinkedHashMap<>();
        knobs.stream()
                .filter(tried -> tried.to() != tried.from())
                .map(tried -> new Setting(tried.target(), tried.knob(), tried.to()))
                .forEach(setting -> settings.put(setting.target() + " " + setting.knob(), setting));
        return new TuningProfile(machine, "measured " + day, List.copyOf(settings.values()), picks);
    }

    /**
     * The profile in a file.
     *
     * @throws IOException if it cannot be read, or is none
     */
    public static TuningProfile read(Path file) throws IOException {
        try {
            return TuningProfile.parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Adds to a profile, or begins one, in a folder that is made if it is not there.
     *
     * @throws IOException if the file cannot be read or written, or what is there is no profile of this machine
     */
    public static TuningProfile merge(Path file, TuningProfile found) throws IOException {
        final TuningProfile merged = Files.exists(file) ? merged(file, found) : found;
        Files.createDirectories(file.toAbsolutePath().normalize().getParent());
        Files.writeString(file, merged.text());
        return merged;
    }

    private static TuningProfile merged(Path file, TuningProfile found) throws IOException {
        final TuningProfile there = read(file);
        try {
            return there.merge(found);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
