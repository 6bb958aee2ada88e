package dev.tilesmith.processor.asm.x86;

import static dev.tilesmith.cpu.CpuFeature.AMX_BF16;
import static dev.tilesmith.cpu.CpuFeature.AMX_INT8;
import static dev.tilesmith.cpu.CpuFeature.AMX_TILE;
import static dev.tilesmith.cpu.CpuFeature.AVX;
import static dev.tilesmith.cpu.CpuFeature.AVX2;
import static dev.tilesmith.cpu.CpuFeature.AVX512;
import static dev.tilesmith.cpu.CpuFeature.AVX512_BF16;
import static dev.tilesmith.cpu.CpuFeature.AVX512_VBMI;
import static dev.tilesmith.cpu.CpuFeature.AVX512_VNNI;
import static dev.tilesmith.cpu.CpuFeature.AVX_VNNI;
import static dev.tilesmith.cpu.CpuFeature.BMI1;
import static dev.tilesmith.cpu.CpuFeature.BMI2;
import static dev.tilesmith.cpu.CpuFeature.F16C;
import static dev.tilesmith.cpu.CpuFeature.FMA;
import static dev.tilesmith.cpu.CpuFeature.GFNI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.processor.asm.MadeUpCpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each form needs of a CPU, against GNU as: told of a CPU with some features, it takes those forms that need no others.
 */
final class FeatureTest {
    /** Forms differ in what they need by the width of vectors, and by what is memory: first and last samples have both. */
    private static final int SAMPLES_AT_EACH_END = 2;

    /** Those that every CPU with the feature has, by the SDM and by Linux's {@code cpuid-deps.c}. */
    private static final Map<CpuFeature, Set<CpuFeature>> IMPLIED = new EnumMap<>(Map.ofEntries(
            Map.entry(AVX, Set.of()),
            Map.entry(AVX2, Set.of(AVX)),
            Map.entry(FMA, Set.of(AVX)),
            Map.entry(F16C, Set.of(AVX)),
            Map.entry(BMI1, Set.of()),
            Map.entry(BMI2, Set.of()),
            Map.entry(GFNI, Set.of()),
            Map.entry(AVX_VNNI, Set.of(AVX, AVX2)),
            Map.entry(AVX512, Set.of(AVX, AVX2)),
            Map.entry(AVX512_VNNI, Set.of(AVX, AVX2, AVX512)),
            Map.entry(AVX512_VBMI, Set.of(AVX, AVX2, AVX512)),
            Map.entry(AVX512_BF16, Set.of(AVX, AVX2, AVX512)),
            Map.entry(AMX_TILE, Set.of()),
            Map.entry(AMX_INT8, Set.of(AMX_TILE)),
            Map.entry(AMX_BF16, Set.of(AMX_TILE))));

    @TempDir
    Path folder;

    static Stream<Set<CpuFeature>> cpus() {
        return MadeUpCpus.of(IMPLIED);
    }

    @Tag("gnu-as")
    @ParameterizedTest
    @MethodSource("cpus")
    void aCpuRunsTheFormsWhoseNeedsItMeets(Set<CpuFeature> features) throws Exception {
        final List<Instruction> instructions = instructions().toList();
        final Set<Integer> refused = new GnuAs(folder)
                .refused(
                        march(features),
                        instructions.stream().map(FeatureTest::text).toList());
        final List<String> wrong = new ArrayList<>();
        for (int i = 0; i < instructions.size(); i++) {
            final Instruction instruction = instructions.get(i);
            if (instruction.needs().metBy(features) == refused.contains(i)) {
                wrong.add(instruction.text() + " needs " + instruction.needs());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyFeatureThatAFormNeedsIsTold() {
        assertTrue(instructions().map(Instruction::needs).distinct().allMatch(needs -> needs.metBy(IMPLIED.keySet())));
    }

    private static Stream<Instruction> instructions() {
        return Stream.of(Op.values()).flatMap(op -> op.forms().stream()
                .filter(form -> !form.isShortBranch())
                .flatMap(form -> Stream.of(Mode.values())
                        .filter(mode -> form.isOffered(mode))
                        .flatMap(mode -> samples(form).map(operands -> new Instruction(op, mode, operands, "")))));
    }

    /** A few of each width. */
    private static Stream<List<Operand>> samples(Form form) {
        return Samples.of(form).collect(Collectors.groupingBy(form::vectorBits)).values().stream()
                .flatMap(lists -> Stream.concat(
                        lists.stream().limit(SAMPLES_AT_EACH_END),
                        lists.stream().skip(Math.max(0, lists.size() - SAMPLES_AT_EACH_END))));
    }

    /** The instruction such that GNU as takes no other encoding instead. */
    private static String text(Instruction instruction) {
        return switch (instruction.form().prefix()) {
            case LEGACY -> instruction.text();
            case VEX -> "{vex} " + instruction.text().replace("{vex} ", "");
            case EVEX -> "{evex} " + instruction.text();
        };
    }

    private static String march(Collection<CpuFeature> features) {
        // In 64-bit mode prefetchw does nothing where it is not known.
        return "generic64+prfchw"
                + features.stream()
                        .map(feature -> switch (feature) {
                            case BMI1 -> "+bmi";
                            case AVX512 -> "+avx512f+avx512bw+avx512dq+avx512vl";
                            default -> "+" + String.join("+", feature.flags());
                        })
                        .collect(Collectors.joining());
    }
}
