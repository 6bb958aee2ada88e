package dev.tilesmith.cpu;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks at the CPU of this machine.
 *
 * <ul>
 *   <li>Linux on x86-64: the flags of {@code /proc/cpuinfo}.
 *   <li>Linux on 64-bit Arm: the auxiliary vector, by {@code getauxval} where native access is enabled, else from
 *       {@code /proc/self/auxv}, else the names in {@code /proc/cpuinfo}.
 *   <li>macOS on 64-bit Arm: {@code sysctlbyname}, where native access is enabled.
 *   <li>Other systems on x86-64: what follows from the width of the JVM's own vectors.
 *   <li>All else: the baseline of the architecture.
 * </ul>
 *
 * <p>It never throws: a way that is closed leads to the next, down to the baseline, and {@link Cpu#source()} says what
 * was closed.
 */
public final class CpuDetector {
    private final SystemSource system;

    /** A detector for the system that this JVM runs on. */
    public CpuDetector() {
        this(new RunningSystem());
    }

    CpuDetector(SystemSource system) {
        this.system = system;
    }

    /** The CPU of this machine. */
    public Cpu detect() {
        return detect(JvmVectorSupport.detect());
    }

    /** The CPU of this machine, given what is known of the JVM. */
    public Cpu detect(JvmVectorSupport jvm) {
        final Architecture architecture = Architecture.of(property("os.arch"));
        final List<String> closed = new ArrayList<>();
        for (final FeatureSearch search : searches(architecture, jvm)) {
            try {
                return cpu(architecture, search.find(), closed);
            } catch (IOException | RuntimeException | LinkageError e) {
                closed.add(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            }
        }
        return cpu(architecture, new Baseline(architecture).find(), closed);
    }

    private List<FeatureSearch> searches(Architecture architecture, JvmVectorSupport jvm) {
        final String os = property("os.name").toLowerCase(Locale.ROOT);
        return switch (architecture) {
            case X86_64 ->
                os.startsWith("linux")
                        ? List.of(new LinuxX86(system), new VectorWidth(jvm))
                        : List.of(new VectorWidth(jvm));
            case AARCH64 -> {
                if (os.startsWith("linux")) {
                    yield List.of(
                            new LinuxArm(system, LinuxArm.Way.GETAUXVAL),
                            new LinuxArm(system, LinuxArm.Way.AUXV_FILE),
                            new LinuxArm(system, LinuxArm.Way.CPUINFO));
                }
                yield os.startsWith("mac") ? List.of(new AppleArm(system)) : List.of();
            }
            case OTHER -> List.of();
        };
    }

    private Cpu cpu(Architecture architecture, Finding found, List<String> closed) {
        final String source = closed.isEmpty() ? found.how() : found.how() + " (" + String.join("; ", closed) + ")";
        return new Cpu(
                found.name(),
                found.signature(),
                architecture,
                found.features(),
                found.caches(),
                processors(),
                found.streamingVectorBits(),
                source);
    }

    private String property(String name) {
        try {
            return system.property(name);
        } catch (RuntimeException e) {
            return "";
        }
    }

    private int processors() {
        try {
            return Math.max(1, system.processors());
        } catch (RuntimeException e) {
            return 1;
        }
    }
}
