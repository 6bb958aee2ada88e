package dev.tilesmith.cpu;

import static java.util.Map.entry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of Arm cores by implementer and part, the fields of MIDR_EL1 that {@code /proc/cpuinfo} shows. From {@code
 * arch/arm64/include/asm/cputype.h} of Linux; Apple's M3 and M4 from the core tables of pytorch/cpuinfo.
 */
final class ArmCores {
    static final String UNKNOWN = "64-bit Arm";

    private static final Map<String, String> NAMES = Map.ofEntries(
            entry("0x41 0xd03", "Cortex-A53"),
            entry("0x41 0xd04", "Cortex-A35"),
            entry("0x41 0xd05", "Cortex-A55"),
            entry("0x41 0xd07", "Cortex-A57"),
            entry("0x41 0xd08", "Cortex-A72"),
            entry("0x41 0xd09", "Cortex-A73"),
            entry("0x41 0xd0a", "Cortex-A75"),
            entry("0x41 0xd0b", "Cortex-A76"),
            entry("0x41 0xd0c", "Neoverse-N1"),
            entry("0x41 0xd0d", "Cortex-A77"),
            entry("0x41 0xd40", "Neoverse-V1"),
            entry("0x41 0xd41", "Cortex-A78"),
            entry("0x41 0xd42", "Cortex-A78AE"),
            entry("0x41 0xd44", "Cortex-X1"),
            entry("0x41 0xd46", "Cortex-A510"),
            entry("0x41 0xd47", "Cortex-A710"),
            entry("0x41 0xd48", "Cortex-X2"),
            entry("0x41 0xd49", "Neoverse-N2"),
            entry("0x41 0xd4b", "Cortex-A78C"),
            entry("0x41 0xd4c", "Cortex-X1C"),
            entry("0x41 0xd4d", "Cortex-A715"),
            entry("0x41 0xd4e", "Cortex-X3"),
            entry("0x41 0xd4f", "Neoverse-V2"),
            entry("0x41 0xd80", "Cortex-A520"),
            entry("0x41 0xd81", "Cortex-A720"),
            entry("0x41 0xd82", "Cortex-X4"),
            entry("0x41 0xd84", "Neoverse-V3"),
            entry("0x41 0xd85", "Cortex-X925"),
            entry("0x41 0xd87", "Cortex-A725"),
            entry("0x43 0x0af", "ThunderX2"),
            entry("0x46 0x001", "A64FX"),
            entry("0x48 0xd01", "Kunpeng 920"),
            entry("0x4e 0x004", "Carmel"),
            entry("0x61 0x022", "Apple M1 Icestorm"),
            entry("0x61 0x023", "Apple M1 Firestorm"),
            entry("0x61 0x024", "Apple M1 Pro Icestorm"),
            entry("0x61 0x025", "Apple M1 Pro Firestorm"),
            entry("0x61 0x028", "Apple M1 Max Icestorm"),
            entry("0x61 0x029", "Apple M1 Max Firestorm"),
            entry("0x61 0x032", "Apple M2 Blizzard"),
            entry("0x61 0x033", "Apple M2 Avalanche"),
            entry("0x61 0x034", "Apple M2 Pro Blizzard"),
            entry("0x61 0x035", "Apple M2 Pro Avalanche"),
            entry("0x61 0x038", "Apple M2 Max Blizzard"),
            entry("0x61 0x039", "Apple M2 Max Avalanche"),
            entry("0x61 0x042", "Apple M3 Sawtooth"),
            entry("0x61 0x043", "Apple M3 Everest"),
            entry("0x61 0x052", "Apple M4 efficiency core"),
            entry("0x61 0x053", "Apple M4 performance core"),
            entry("0x6d 0xd49", "Azure Cobalt 100"),
            entry("0xc0 0xac3", "Ampere-1"));

    private ArmCores() {}

    /** The distinct cores in the order of the processors: {@code Cortex-A510 + Cortex-A710 + Cortex-X2}. */
    static String names(ProcCpuinfo cpuinfo) {
        final List<String> implementers = cpuinfo.all("CPU implementer");
        final List<String> parts = cpuinfo.all("CPU part");
        final Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < Math.min(implementers.size(), parts.size()); i++) {
            final String core = implementers.get(i) + " " + parts.get(i);
            names.add(NAMES.getOrDefault(
                    core, UNKNOWN + " (implementer " + implementers.get(i) + ", part " + parts.get(i) + ")"));
        }
        return names.isEmpty() ? UNKNOWN : String.join(" + ", names);
    }
}
