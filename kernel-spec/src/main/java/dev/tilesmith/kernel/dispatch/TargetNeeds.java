package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.code.CodeMemory;
import dev.tilesmith.code.SystemCodeMemory;
import dev.tilesmith.code.TilePermission;
import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.kernel.target.TargetTraits.MachineCode;
import dev.tilesmith.setting.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;

/** What each target asks of the CPU, the JVM and the settings. */
final class TargetNeeds {
    private TargetNeeds() {}

    /** Why a family does not run on a host; nothing if it does. */
    static Optional<Unmet> unmet(PanelFamily family, Host host, Settings settings) {
        return switch (TargetTraits.of(family.target())) {
            case TargetTraits.Scalar _ -> Optional.empty();
            case TargetTraits.Vectors(int bits) -> vectors(bits, host);
            case MachineCode code -> machineCode(code, family, host, settings);
        };
    }

    private static Optional<Unmet> machineCode(MachineCode code, PanelFamily family, Host host, Settings settings) {
        if (host.cpu().architecture() != code.architecture()) {
            return Optional.of(Unmet.byMachine("it is for " + code.architecture() + ", and this is "
                    + host.cpu().architecture()));
        }
        final List<CpuFeature> needed = features(code, family.layout());
        if (!host.cpu().hasAll(needed)) {
            return Optional.of(lacking(needed, host));
        }
        final Optional<Unmet> refused = noMachineCode(host, settings);
        return refused.isEmpty() && needed.contains(CpuFeature.AMX_TILE) ? noTiles(host) : refused;
    }

    private static Optional<Unmet> vectors(int bits, Host host) {
        final Optional<String> without = host.jvm().noVectorApi();
        if (without.isPresent()) {
            return Optional.of(Unmet.byStart(without.get()));
        }
        return host.jvm().runs(bits)
                ? Optional.empty()
                : Optional.of(
                        Unmet.byMachine("the JVM's vectors have " + host.jvm().preferredBits() + " bits here"));
    }

    /** Why no machine code runs, whatever the CPU; nothing if it does. */
    static Optional<Unmet> noMachineCode(Host host, Settings settings) {
        return settings.nativeCode()
                ? refusal(host)
                : Optional.of(Unmet.bySetting("machine code is off: -Dtilesmith.native=off"));
    }

    private static Unmet lacking(List<CpuFeature> needed, Host host) {
        final StringJoiner labels = new StringJoiner(", ", "the CPU lacks ", "");
        for (final CpuFeature feature : host.cpu().missing(needed)) {
            labels.add(feature.label());
        }
        return Unmet.byMachine(labels.toString());
    }

    private static List<CpuFeature> features(MachineCode code, PanelLayout layout) {
        final List<CpuFeature> needed = new ArrayList<>(code.features());
        switch (layout.weights()) {
            case FLOATS -> {}
            case BF16 -> {
                if (layout.pairsHalves()) {
                    needed.addAll(code.pairs().features());
                }
            }
            case F16 -> needed.addAll(code.forHalves());
            case INT8, INT4, TWO_BITS, INT4_BLOCKS, PAIRED_INT4, PAIRED_INT4_WITH_MINIMA, PAIRED_INT8 ->
                needed.addAll(code.forIntegers());
        }
        if (layout.hasBlocks()) {
            needed.addAll(code.forBlocks());
        }
        return needed;
    }

    /** Whether this process may run machine code; of another host nothing is known, so it is taken to. */
    private static Optional<Unmet> refusal(Host host) {
        return Objects.equals(host, Host.current()) ? Probe.REFUSAL : Optional.empty();
    }

    /** Why the system gives this process no tile registers. */
    private static Optional<Unmet> noTiles(Host host) {
        return Objects.equals(host, Host.current()) ? TileProbe.REFUSAL : Optional.empty();
    }

    /** Asked once, and not before a family wants them: what is granted makes signals and switches of threads dearer. */
    private static final class TileProbe {
        static final Optional<Unmet> REFUSAL = TilePermission.refusal().map(Unmet::byStart);

        private TileProbe() {}
    }

    /** Tried once: the answer does not change while the process lives. */
    private static final class Probe {
        static final Optional<Unmet> REFUSAL = CodeMemory.refusal(new SystemCodeMemory())
                .map(CodeMemory.isOnThisSystem() ? Unmet::byStart : Unmet::byMachine);

        private Probe() {}
    }
}
