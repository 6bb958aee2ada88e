package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tensors of 16 bits are packed from a mapped file as GGUF lays it out: little-endian, a row after the other, each tensor at a
 * multiple of 32 bytes that need be none of 64, with other tensors before and behind it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MappedHalvesTest {
    /** GGUF's default of {@code general.alignment}. */
    private static final int ALIGNMENT = 32;

    /** Of the file's head, which ends anywhere. */
    private static final int HEAD = 77;

    /** Rows of more panels than one, and of an odd number of values: the next tensor begins after a gap. */
    private static final int N = 75;

    private static final int K = 131;

    private final Map<Halves, Tensor> tensors = new EnumMap<>(Halves.class);
    private final Arena arena = Arena.ofShared();
    private MemorySegment file = MemorySegment.NULL;

    /**
     * A tensor.
     *
     * @param offset byte of the file where it begins
     * @param bits n × k values
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, and only read
    private record Tensor(long offset, short... bits) {}

    /**
     * A family that has such weights.
     *
     * @param halves what they are
     * @param kernel all of its tiles
     */
    record Given(Halves halves, MatMulKernel kernel) {
        static Stream<Given> of(Halves halves, DispatchTable<? extends MatMulKernel> table) {
            return Families.of(table).map(kernel -> new Given(halves, kernel));
        }

        @Override
        public String toString() {
            return halves + " " + kernel.family().target();
        }
    }

    static Stream<Given> cases() {
        return Stream.concat(
                Given.of(Halves.F16, F16KernelKernels.table()), Given.of(Halves.BF16, Bf16KernelKernels.table()));
    }

    @BeforeAll
    void map(@TempDir Path directory) throws IOException {
        final SplittableRandom random = new SplittableRandom(11);
        final byte[] bytes = FormatUnderTest.bytes(1 << 17, 12);
        final ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int offset = HEAD;
        for (final Halves halves : Halves.values()) {
            offset = aligned(offset);
            final short[] bits = new short[N * K];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = halves.round((float) random.nextDouble(-2, 2));
                data.putShort(offset + i * Short.BYTES, bits[i]);
            }
            tensors.put(halves, new Tensor(offset, bits));
            offset += bits.length * Short.BYTES;
        }
        final Path path = Files.write(directory.resolve("tensors"), bytes);
        try (FileChannel channel = FileChannel.open(path)) {
            file = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /** The next multiple of the alignment that is none of a cache line. */
    private static int aligned(int offset) {
        return (offset + ALIGNMENT - 1) / (2 * ALIGNMENT) * (2 * ALIGNMENT) + ALIGNMENT;
    }

    @AfterAll
    void unmap() {
        arena.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areReadWhereTheyLie(Given given) {
        final Tensor tensor = tensors.get(given.halves());
        assertEquals(ALIGNMENT, tensor.offset() % (2 * ALIGNMENT), "what is tested");
        final MemorySegment slice = file.asSlice(tensor.offset(), (long) N * K * Short.BYTES);
        final Weights mapped = Weights.nByK(Matrix.ofShorts(slice, N, K), given.halves());
        final Weights plain = Weights.nByK(Matrix.of(tensor.bits(), N, K), given.halves());
        final PackedRhs packed = given.kernel().packRhs(mapped);
        assertEquals(-1, given.kernel().packRhs(plain).data().mismatch(packed.data()), given::toString);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            final PackedRhs byThreads = given.kernel().packRhs(mapped, Arena.ofAuto(), pool, 3);
            assertEquals(-1, packed.data().mismatch(byThreads.data()), given + " on threads");
        }
        final float[] rows = Samples.ORDINARY.take(3 * K, 1);
        final float[] results = new float[3 * N];
        given.kernel().run(3, rows, packed, results);
        final float[] expected =
                F32Reference.multiply(Matrix.of(rows, 3, K), plain, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
        Bits.assertEqual(Element.F32, Element.bits(expected), Element.bits(results), N, given.toString());
    }
}
