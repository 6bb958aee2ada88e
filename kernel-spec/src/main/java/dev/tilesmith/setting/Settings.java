package dev.tilesmith.setting;

import java.util.Locale;
import java.util.Optional;

/**
 * The system properties that steer Tilesmith, all of them.
 *
 * <ul>
 *   <li>{@code -Dtilesmith.variant=<name>}: use this variant, and no taller tile of its family, wherever a declaration
 *       has it; asking for one that this machine cannot run is an error
 *   <li>{@code -Dtilesmith.native=off}: run no machine code
 *   <li>{@code -Dtilesmith.profile=<file>}: choose by this tuning profile, before any on the class path; one that cannot be
 *       used is warned of, and nothing more
 *   <li>{@code -Dtilesmith.cpu=<profile>}: let {@code explain()} answer for another CPU, for example {@code graviton3}
 * </ul>
 *
 * @param variant the variant asked for by name
 * @param nativeCode whether machine code may run
 * @param tuning the file of the tuning profile to choose by
 * @param cpu name of the CPU that explanations are for
 */
public record Settings(Optional<String> variant, boolean nativeCode, Optional<String> tuning, Optional<String> cpu) {
    /** What this JVM was started with. */
    public static Settings current() {
        return new Settings(property("variant"), readNative(), property("profile"), property("cpu"));
    }

    private static boolean readNative() {
        final String value = property("native").orElse("on").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw new IllegalArgumentException("tilesmith.native: '" + value + "'; expected on or off");
        };
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty("tilesmith." + name)).filter(value -> !value.isBlank());
    }
}
