package dev.tilesmith.sample.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.sample.model.BertWeights;
import dev.tilesmith.sample.model.Projection;
import dev.tilesmith.sample.model.QuantizedMatrix;
import dev.tilesmith.sample.onnx.BertReader;
import dev.tilesmith.sample.rows.RowMath;
import dev.tilesmith.sample.search.EncoderInt8Linear;
import dev.tilesmith.sample.search.EncoderInt8LinearKernels;
import dev.tilesmith.sample.search.ModelFiles;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers on the file's own int8 weights. */
class Int8LayerTest {
    /** Where nothing falls between two steps the difference is that of roundings in f32. */
    private static final Difference ROUNDINGS = new Difference(1e-6, 1e-5);

    /** A value near the middle of two steps may be quantized to the other one, and goes through all that follows. */
    private static final Difference STEPS = new Difference(1e-2, 1e-1);

    private static final int[] TOKENS = {1, 2, 7, 16, 17, 33, 128};
    private static final BertWeights WEIGHTS = BertReader.read(ModelFiles.model());

    private static SentenceEncoder encoder(EncoderInt8Linear kernel, RunOptions options) {
        return new SentenceEncoder(PackedModel.pack(WEIGHTS, kernel, Precision.INT8), RowMath.best(), options);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void isThatOfTheFormulas(int layer) {
        final SentenceEncoder encoder = encoder(EncoderInt8LinearKernels.best(), RunOptions.DEFAULT);
        final DoubleLayer formulas = new DoubleLayer(WEIGHTS.layers().get(layer), WEIGHTS.heads(), WEIGHTS.headWidth());
        int exact = 0;
        for (final int tokens : TOKENS) {
            final float[] rows = rows(layer, tokens);
            final Difference difference =
                    Difference.between(formulas.run(doubles(rows, tokens)), encoder.runLayer(layer, rows, tokens));
            assertTrue(difference.within(STEPS), "layer " + layer + ", " + tokens + " tokens: " + difference);
            exact += difference.within(ROUNDINGS) ? 1 : 0;
        }
        assertTrue(
                2 * exact > TOKENS.length, "layer " + layer + ": only " + exact + " lengths differ by roundings alone");
    }

    static List<EncoderInt8Linear> families() {
        return EncoderInt8LinearKernels.table().usable();
    }

    @ParameterizedTest
    @MethodSource("families")
    void hasTheSameBitsByEveryFamily(EncoderInt8Linear kernel) {
        final SentenceEncoder best = encoder(EncoderInt8LinearKernels.best(), RunOptions.DEFAULT);
        final SentenceEncoder other = encoder(kernel, RunOptions.DEFAULT);
        final List<int[]> sentences = sentences();
        final List<float[]> expected = best.encode(sentences);
        final List<float[]> actual = other.encode(sentences);
        for (int i = 0; i < sentences.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), kernel + ", sentence " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void hasTheSameBitsOnEveryNumberOfThreads(int threads) {
        final EncoderInt8Linear kernel = EncoderInt8LinearKernels.best();
        final List<int[]> sentences = sentences();
        final List<float[]> expected = encoder(kernel, RunOptions.DEFAULT).encode(sentences);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            final List<float[]> actual =
                    encoder(kernel, RunOptions.DEFAULT.on(pool, threads)).encode(sentences);
            for (int i = 0; i < sentences.size(); i++) {
                assertArrayEquals(expected.get(i), actual.get(i), "sentence " + i);
            }
        }
    }

    @Test
    void theScalarFamilyIsAmongThem() {
        assertEquals(Target.SCALAR, families().getLast().family().target());
    }

    @Test
    void weightsWithAZeroPointAreRefused() {
        final QuantizedMatrix weights = new QuantizedMatrix(2, 1, new byte[] {1, 2}, new float[] {1}, new byte[] {3});
        final Projection projection = new Projection(weights, new float[] {0});
        final String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> Precision.INT8.weights(projection))
                        .getMessage());
        assertTrue(message.startsWith("layer:"), message);
    }

    private static List<int[]> sentences() {
        final Random random = new Random(11);
        return List.of(1, 3, 8, 31, 77).stream()
                .map(length -> random.ints(length, 0, WEIGHTS.words().rows()).toArray())
                .toList();
    }

    private static float[] rows(int seed, int tokens) {
        final Random random = new Random(seed);
        final float[] rows = new float[tokens * WEIGHTS.hidden()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        return rows;
    }

    private static double[][] doubles(float[] rows, int tokens) {
        final int width = rows.length / tokens;
        final double[][] doubles = new double[tokens][width];
        for (int i = 0; i < rows.length; i++) {
            doubles[i / width][i % width] = rows[i];
        }
        return doubles;
    }

    /**
     * How far results are from exact ones, in units of the exact ones' root mean square.
     *
     * @param typical root mean square of the differences
     * @param largest the largest difference
     */
    private record Difference(double typical, double largest) {
        static Difference between(double[][] expected, float[] actual) {
            double size = 0;
            double squares = 0;
            double largest = 0;
            int at = 0;
            for (final double[] row : expected) {
                for (final double value : row) {
                    final double here = Math.abs(value - actual[at++]);
                    size += value * value;
                    squares += here * here;
                    largest = Double.isNaN(here) ? Double.POSITIVE_INFINITY : Math.max(largest, here);
                }
            }
            final double unit = Math.sqrt(size / at);
            return new Difference(Math.sqrt(squares / at) / unit, largest / unit);
        }

        boolean within(Difference tolerance) {
            return typical <= tolerance.typical && largest <= tolerance.largest;
        }
    }
}
