package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedFileException;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights that were saved and mapped: every family gives the same bits with them, and none takes another's. */
final class PackedFileTest {
    private static final int M = 3;
    private static final int N = 137;
    private static final int K = 96;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("weights");
    }

    static Stream<MatMulKernel> kernels() {
        return Stream.of(
                        F32KernelKernels.table(),
                        F32BareKernelKernels.table(),
                        Int8KernelKernels.table(),
                        Int8StaticKernelKernels.table(),
                        Int8SumsKernelKernels.table(),
                        Int4ChannelKernelKernels.table(),
                        Int4BlockKernelKernels.table(),
                        Int4BareKernelKernels.table(),
                        Int4StaticKernelKernels.table(),
                        TwoBitKernelKernels.table())
                .map(DispatchTable::usable)
                .flatMap(List::stream)
                .map(MatMulKernel.class::cast);
    }

    /** The driver splits all products alike. */
    static Stream<MatMulKernel> kernelsOfFloats() {
        return kernels().filter(kernel -> kernel.family().lhs() != Format.QAI8);
    }

    private static boolean sums(MatMulKernel kernel) {
        return kernel.family().dst() == Format.I32;
    }

    private static PackedRhs packed(MatMulKernel kernel) {
        final float[] floats = Samples.ORDINARY.take(N * K, 2);
        final byte[] bytes = new byte[N * K];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (floats[i] * 127);
        }
        if (PanelFamily.of(kernel.family()).layout().hasTable()) {
            final Matrix codes = Matrix.of(Arrays.copyOf(bytes, N * K / 4), N, K / 4);
            return kernel.packRhs(Weights.nByK(codes, new Weights.Codes(K, List.of(-1, 7, 0, -3)))
                    .withScales(0.25f));
        }
        final Weights plain = Weights.nByK(Matrix.of(floats, N, K));
        return kernel.packRhs(
                switch (kernel.family().dst()) {
                    case I32 -> Weights.nByK(Matrix.of(bytes, N, K)).requantized(new Requantization(1f, 3, 1f, 0));
                    case QAI8 -> plain.requantized(new Requantization(0.01f, 3, 0.05f, -2));
                    default ->
                        PanelFamily.of(kernel.family()).layout().bias()
                                ? plain.withBias(Samples.ORDINARY.take(N, 3))
                                : plain;
                });
    }

    /** Results as integers: those of floats by their bits. */
    private static int[] run(MatMulKernel kernel, PackedRhs rhs) {
        final float[] floats = Samples.ORDINARY.take(M * K, 1);
        if (kernel.family().lhs() != Format.QAI8) {
            final float[] results = new float[M * N];
            kernel.run(M, floats, rhs, results);
            return IntStream.range(0, results.length)
                    .map(i -> Float.floatToIntBits(results[i]))
                    .toArray();
        }
        final byte[] bytes = new byte[M * K];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (floats[i] * 127);
        }
        if (sums(kernel)) {
            final int[] results = new int[M * N];
            kernel.run(M, bytes, rhs, results);
            return results;
        }
        final byte[] results = new byte[M * N];
        kernel.run(M, bytes, rhs, results);
        return IntStream.range(0, results.length).map(i -> results[i]).toArray();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void mappedWeightsGiveTheSameBits(MatMulKernel kernel) throws IOException {
        final PackedRhs packed = packed(kernel);
        final int[] expected = run(kernel, packed);
        assertTrue(Arrays.stream(expected).distinct().count() > 10, "results that tell weights apart");
        packed.save(file);
        for (final FileCheck check : FileCheck.values()) {
            try (Arena arena = Arena.ofConfined()) {
                final PackedRhs mapped = kernel.mapRhs(file, arena, check);
                assertArrayEquals(
                        packed.data().toArray(ValueLayout.JAVA_BYTE),
                        mapped.data().toArray(ValueLayout.JAVA_BYTE));
                assertArrayEquals(expected, run(kernel, mapped));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsOfFloats")
    void threadsShareMappedWeights(MatMulKernel kernel) throws IOException {
        final PackedRhs packed = packed(kernel);
        packed.save(file);
        final Matrix lhs = Matrix.of(Samples.ORDINARY.take(M * K, 1), M, K);
        final float[] expected = new float[M * N];
        final float[] actual = new float[M * N];
        kernel.run(lhs, packed, Matrix.of(expected, M, N));
        try (Arena arena = Arena.ofShared();
                var threads = Executors.newFixedThreadPool(2)) {
            final PackedRhs mapped = kernel.mapRhs(file, arena);
            kernel.run(lhs, mapped, Matrix.of(actual, M, N), RunOptions.DEFAULT.on(threads, 2));
        }
        Bits.assertEqual(expected, actual, N, kernel + " on two threads");
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void mappedWeightsWhoseArenaIsClosedAreRefused(MatMulKernel kernel) throws IOException {
        packed(kernel).save(file);
        final PackedRhs mapped;
        try (Arena arena = Arena.ofConfined()) {
            mapped = kernel.mapRhs(file, arena);
        }
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> run(kernel, mapped));
        assertEquals("rhs: its arena is closed; expected memory that is alive", refusal.getMessage());
    }

    /** Every two families whose layouts differ. */
    @Test
    void weightsOfAnotherFamilyAreRefused() throws IOException {
        final List<MatMulKernel> kernels = kernels().toList();
        for (final MatMulKernel from : kernels) {
            packed(from).save(file);
            for (final MatMulKernel to : kernels) {
                if (!PanelFamily.of(from.family())
                        .layout()
                        .equals(PanelFamily.of(to.family()).layout())) {
                    final String message = assertThrows(
                                    PackedFileException.class, () -> to.mapRhs(file, Arena.ofAuto()))
                            .getMessage();
                    assertEquals(
                            file + ": packed as "
                                    + PanelFamily.of(from.family()).layout() + "; this kernel of target "
                                    + to.family().target() + " reads "
                                    + PanelFamily.of(to.family()).layout()
                                    + ": pack the weights with it, or ask table().kernel(...) for"
                                    + " a variant that reads "
                                    + PanelFamily.of(from.family()).layout(),
                            message);
                }
            }
        }
    }

    /** What a process of its own does with a file: see {@link #processesShareTheMemoryOfAFile}. */
    static final class Mapping {
        private Mapping() {}

        /** Takes the file; prints a sum over the results, and what the system says of the mapping. */
        public static void main(String[] args) throws IOException {
            final MatMulKernel kernel = F32KernelKernels.best();
            final PackedRhs mapped = kernel.mapRhs(Path.of(args[0]), Arena.ofAuto());
            System.out.println("results " + Arrays.hashCode(run(kernel, mapped)));
            System.out.println("memory " + Smaps.of(Path.of(args[0])));
        }
    }

    /**
     * The system's account of this process's mapping of a file, in kB.
     *
     * @param flags its permissions; {@code s} at the end is shared
     * @param present what of it is in memory
     * @param shared what of that other processes have mapped too
     */
    record Smaps(String flags, long present, long shared) {
        /** Of Linux alone, where the tests of this class run. */
        static Smaps of(Path file) throws IOException {
            final List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
            final int at = lines.stream()
                    .filter(line -> line.endsWith(" " + file))
                    .mapToInt(lines::indexOf)
                    .findFirst()
                    .orElseThrow();
            final List<String> about = lines.subList(at + 1, Math.min(at + 20, lines.size()));
            return new Smaps(
                    lines.get(at).replaceFirst("\\S+ (\\S+) .*", "$1"),
                    kilobytes(about, "Rss:"),
                    kilobytes(about, "Shared_Clean:") + kilobytes(about, "Shared_Dirty:"));
        }

        private static long kilobytes(List<String> lines, String what) {
            final String line = lines.stream()
                    .filter(text -> text.startsWith(what))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
    }

    /** This process and another; while both have the file mapped, each page is in memory once. */
    @Test
    void processesShareTheMemoryOfAFile() throws Exception {
        final MatMulKernel kernel = F32KernelKernels.best();
        packed(kernel).save(file);
        try (Arena arena = Arena.ofShared()) {
            final PackedRhs mapped = kernel.mapRhs(file, arena);
            final int[] expected = run(kernel, mapped);
            final List<String> lines =
                    AnotherJvm.run(Mapping.class, file.toString()).lines().toList();
            assertEquals("results " + Arrays.hashCode(expected), lines.get(0));
            final long kilobytes = (128 + mapped.data().byteSize() + 4095) / 4096 * 4;
            assertEquals("memory " + new Smaps("r--s", kilobytes, kilobytes), lines.get(1));
        }
    }
}
