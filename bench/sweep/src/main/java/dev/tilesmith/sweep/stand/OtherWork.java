package dev.tilesmith.sweep.stand;

import com.sun.management.OperatingSystemMXBean;
import dev.tilesmith.sweep.measure.Noise;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/** What else this machine does: as noise while something is measured, and for people before it is. */
public final class OtherWork implements Noise {
    /** CPUs that others may keep busy before it shows. */
    private static final double HARMLESS = 0.15;

    private static final double HARMLESS_LOAD = 0.5;

    private final OperatingSystemMXBean system;
    private double most;

    /** Of this machine, as far as the JVM can tell. */
    public OtherWork() {
        this.system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        isHeard();
        most = 0;
    }

    @Override
    public boolean isHeard() {
        final double all = system.getCpuLoad();
        final double ours = system.getProcessCpuLoad();
        final double others = all < 0 || ours < 0 ? 0 : (all - ours) * system.getAvailableProcessors();
        most = Math.max(most, others);
        return others > HARMLESS;
    }

    /** That the machine is not idle before anything is measured; nothing if it is. */
    public Optional<String> before() {
        final double load = system.getSystemLoadAverage();
        return load > HARMLESS_LOAD
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the machine is not idle: in the last minute %.1f threads wanted its %d CPUs",
                        load,
                        system.getAvailableProcessors()))
                : Optional.empty();
    }

    /** That others worked while something was measured; nothing if not. */
    public Optional<String> meanwhile() {
        return most > HARMLESS
                ? Optional.of(String.format(
                        Locale.ROOT, "the machine was not idle: others kept up to %.1f of its CPUs busy", most))
                : Optional.empty();
    }
}
