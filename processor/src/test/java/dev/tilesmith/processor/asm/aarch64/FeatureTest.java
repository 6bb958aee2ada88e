package dev.tilesmith.processor.asm.aarch64;

import static dev.tilesmith.cpu.CpuFeature.BF16;
import static dev.tilesmith.cpu.CpuFeature.DOTPROD;
import static dev.tilesmith.cpu.CpuFeature.FHM;
import static dev.tilesmith.cpu.CpuFeature.FP16;
import static dev.tilesmith.cpu.CpuFeature.I8MM;
import static dev.tilesmith.cpu.CpuFeature.NEON;
import static dev.tilesmith.cpu.CpuFeature.SME;
import static dev.tilesmith.cpu.CpuFeature.SME2;
import static dev.tilesmith.cpu.CpuFeature.SME_F64F64;
import static dev.tilesmith.cpu.CpuFeature.SME_I16I64;
import static dev.tilesmith.cpu.CpuFeature.SVE;
import static dev.tilesmith.cpu.CpuFeature.SVE2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CpuFeature;
import dev.tilesmith.processor.asm.MadeUpCpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
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
 * What each form needs of a CPU, against LLVM: told of a CPU with some features, it takes those forms that need no others.
 */
final class FeatureTest {
    /** Of each form: an even number, as each {@code movprfx} has a follower. */
    private static final int SAMPLES = 10;

    /** LLVM takes these for any CPU. */
    private static final Set<Op> ASSEMBLED_FOR_ANY = EnumSet.of(Op.SMSTART, Op.SMSTOP);

    /** LLVM's names. */
    private static final Map<CpuFeature, String> NAMES = new EnumMap<>(Map.ofEntries(
            Map.entry(NEON, "neon"),
            Map.entry(FP16, "fullfp16"),
            Map.entry(FHM, "fp16fml"),
            Map.entry(DOTPROD, "dotprod"),
            Map.entry(I8MM, "i8mm"),
            Map.entry(BF16, "bf16"),
            Map.entry(SVE, "sve"),
            Map.entry(SVE2, "sve2"),
            Map.entry(SME, "sme"),
            Map.entry(SME_I16I64, "sme-i16i64"),
            Map.entry(SME_F64F64, "sme-f64f64"),
            Map.entry(SME2, "sme2")));

    /** Those that a CPU with the feature has by the Arm ARM, and by LLVM. */
    private static final Map<CpuFeature, Set<CpuFeature>> IMPLIED = new EnumMap<>(Map.ofEntries(
            Map.entry(NEON, Set.of()),
            Map.entry(FP16, Set.of(NEON)),
            Map.entry(FHM, Set.of(NEON, FP16)),
            Map.entry(DOTPROD, Set.of(NEON)),
            Map.entry(I8MM, Set.of(NEON)),
            Map.entry(BF16, Set.of(NEON)),
            Map.entry(SVE, Set.of(NEON, FP16)),
            Map.entry(SVE2, Set.of(NEON, FP16, SVE)),
            Map.entry(SME, Set.of(NEON, FP16, BF16)),
            Map.entry(SME_I16I64, Set.of(NEON, FP16, BF16, SME)),
            Map.entry(SME_F64F64, Set.of(NEON, FP16, BF16, SME)),
            Map.entry(SME2, Set.of(NEON, FP16, BF16, SME))));

    @TempDir
    Path folder;

    static Stream<Set<CpuFeature>> cpus() {
        return MadeUpCpus.of(IMPLIED);
    }

    @Tag("arm-assemblers")
    @ParameterizedTest
    @MethodSource("cpus")
    void aCpuRunsTheFormsWhoseNeedsItMeets(Set<CpuFeature> features) throws Exception {
        final List<Instruction> instructions = instructions().toList();
        final Set<Integer> refused = Judge.refusedByLlvm(
                folder,
                features.stream().map(feature -> "+" + NAMES.get(feature)).collect(Collectors.joining(",")),
                instructions.stream()
                        .map(instruction -> instruction.text().replace(Samples.HERE.text(), "."))
                        .toList());
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
        return Stream.of(Op.values())
                .filter(op -> !ASSEMBLED_FOR_ANY.contains(op))
                .flatMap(op -> op.forms().stream())
                .flatMap(form -> EncodingTest.instructions(form).limit(SAMPLES));
    }
}
