package dev.tilesmith.processor.asm.aarch64;

import dev.tilesmith.processor.asm.CpuNeeds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All tables. A form is parsed when its instruction is first asked for: few programs need many of them. */
final class Forms {
    private static final Map<String, List<FormLine>> LINES = Stream.of(
                    FormTable.read(CpuNeeds.NONE, BaseForms.TABLE),
                    FormTable.read(CpuNeeds.parse("NEON"), NeonForms.TABLE),
                    FormTable.read(CpuNeeds.parse("SVE|SME"), SveForms.TABLE),
                    FormTable.read(CpuNeeds.parse("SME"), SmeForms.TABLE),
                    FormTable.read(CpuNeeds.parse("SME2"), Sme2Forms.TABLE))
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(FormLine::mnemonic));

    /** What was parsed: what is in it never differs, only when. */
    private static final Map<String, List<Form>> PARSED = new ConcurrentHashMap<>();

    private Forms() {}

    static Set<String> mnemonics() {
        return LINES.keySet();
    }

    /** The forms of a mnemonic, in the order of the tables. */
    static List<Form> of(String mnemonic) {
        return PARSED.computeIfAbsent(mnemonic, name -> LINES.getOrDefault(name, List.of()).stream()
                .map(FormLine::parsed)
                .toList());
    }
}
