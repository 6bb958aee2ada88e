package dev.tilesmith.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.lower.aarch64.NeonTarget;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loops load is known without llvm-mca. */
final class ArmKernelsTest {
    private static final Set<String> FORMATS = Set.of("qai8dx_qsi8cx_f32", "bf16_bf16_f32_fast");

    private static List<Loop> loops = List.of();

    @BeforeAll
    static void generate(@TempDir Path directory) throws IOException {
        loops = ArmKernels.loops(directory).stream()
                .filter(loop -> FORMATS.contains(loop.formats()))
                .toList();
    }

    private static double loadsPerMultiply(Loop loop) {
        return (double) loop.loads() / loop.multiplications().size();
    }

    private static Loop loop(String multiplier, String tile) {
        return loops.stream()
                .filter(loop ->
                        loop.multiplier().equals(multiplier) && loop.tile().equals(tile))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyHeightHasALoop() {
        assertEquals(
                IntStream.rangeClosed(1, 8).mapToObj(mr -> mr + "x12").toList(),
                loops.stream()
                        .filter(loop -> loop.multiplier().equals("smmla"))
                        .map(Loop::tile)
                        .sorted()
                        .toList());
    }

    @Test
    void smmlaLoadsAtMost45Hundredths() {
        assertTrue(loadsPerMultiply(loop("smmla", "8x12")) <= 0.45);
    }

    /** Of blocks of as many bytes. */
    @Test
    void bfmmlaLoadsWhatSmmlaDoes() {
        assertEquals(loadsPerMultiply(loop("smmla", "8x12")), loadsPerMultiply(loop("bfmmla", "8x12")));
    }

    @Test
    void sdotLoadsAtMost30Hundredths() {
        assertTrue(loadsPerMultiply(loop("sdot", "6x16")) <= 0.30);
    }

    /** A step of p pairs of rows and c pairs of columns loads p + c vectors for p c products. */
    @Test
    void noTileThatFitsLoadsLessForASmmla() {
        assertEquals(
                least(
                        NeonTarget.I8MM,
                        (mr, vectors) -> (mr + 1) / 2 + 2 * vectors,
                        (mr, vectors) -> (mr + 1) / 2 * 2 * vectors),
                loadsPerMultiply(loop("smmla", "8x12")));
    }

    /** Four steps of mr rows and v vectors load mr + 4 v vectors for 4 mr v products. */
    @Test
    void noTileThatFitsLoadsTwoPercentLessForASdot() {
        final double least =
                least(NeonTarget.DOTPROD, (mr, vectors) -> mr + 4 * vectors, (mr, vectors) -> 4 * mr * vectors);
        assertTrue(loadsPerMultiply(loop("sdot", "6x16")) <= 1.02 * least, () -> "least: " + least);
    }

    private static double least(NeonTarget target, IntBinaryOperator loads, IntBinaryOperator products) {
        final RegisterModel model = target.registers(Contraction.int8(
                target.multiplication().product(Decoding.Stored.INT8).orElseThrow()));
        return IntStream.rangeClosed(1, model.widest() / model.lanes())
                .boxed()
                .flatMap(vectors -> IntStream.rangeClosed(1, model.tallest(vectors * model.lanes()))
                        .mapToObj(mr -> (double) loads.applyAsInt(mr, vectors) / products.applyAsInt(mr, vectors)))
                .min(Double::compare)
                .orElseThrow();
    }
}
