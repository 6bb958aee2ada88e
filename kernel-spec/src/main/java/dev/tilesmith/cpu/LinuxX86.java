package dev.tilesmith.cpu;

import java.io.IOException;
import java.util.List;
import java.util.StringJoiner;

/**
 * Linux on x86-64: the flags that the kernel lists, which are those that the CPU has and the kernel enables.
 *
 * @param system where to read
 */
record LinuxX86(SystemSource system) implements FeatureSearch {
    @Override
    public Finding find() throws IOException {
        final ProcCpuinfo cpuinfo = ProcCpuinfo.parse(system.text(ProcCpuinfo.PATH));
        return new Finding(
                cpuinfo.all("model name").stream().findFirst().orElse("x86-64"),
                signature(cpuinfo),
                FeatureSearch.flagged(Architecture.X86_64, cpuinfo.common("flags")),
                0,
                new SysfsCaches(system).read(),
                "flags of " + ProcCpuinfo.PATH);
    }

    /** Family and model of the first processor: what virtual machines call by one name differs in them. */
    private static String signature(ProcCpuinfo cpuinfo) {
        final StringJoiner signature = new StringJoiner(" ");
        for (final String key : List.of("cpu family", "model")) {
            final List<String> values = cpuinfo.all(key);
            if (!values.isEmpty()) {
                signature.add(key.substring(key.lastIndexOf(' ') + 1)).add(values.getFirst());
            }
        }
        return signature.toString();
    }
}
