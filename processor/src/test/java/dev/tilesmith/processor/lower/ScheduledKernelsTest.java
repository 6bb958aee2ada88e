package dev.tilesmith.processor.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.reference.StaticInt8Reference;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Format;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever way loops go along K, results are those of the reference, bit for bit: of every tile, for every number of steps that
 * are left over, with K in one block and in several. What the CPU at hand can run is run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScheduledKernelsTest {
    /** Steps of several passes, and what is left; and so much that f32 takes K in blocks, of which the second goes on. */
    private static final int[] DEPTHS = IntStream.concat(IntStream.rangeClosed(0, 40), IntStream.rangeClosed(510, 520))
            .toArray();

    /** Kinds of operands. */
    enum Kind {
        /** Floats. */
        FLOATS(new Formats(Format.F32, Format.F32, Format.F32)) {
            @Override
            Matrix lhs(int m, int k) {
                return Matrix.of(floats(1, m * k), m, k);
            }

            @Override
            Weights weights(int n, int k) {
                return Weights.nByK(Matrix.of(floats(2, n * k), n, k)).withBias(floats(3, n));
            }

            @Override
            Matrix results(int m, int n) {
                return Matrix.of(new float[m * n], m, n);
            }

            @Override
            int[] reference(Matrix lhs, Weights weights) {
                return bits(F32Reference.multiply(lhs, weights, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY));
            }
        },
        /** 16 bits on both sides. */
        HALVES(new Formats(Format.F16, Format.F16, Format.F32)) {
            @Override
            Matrix lhs(int m, int k) {
                return Matrix.of(halves(1, m * k), m, k);
            }

            @Override
            Weights weights(int n, int k) {
                return Weights.nByK(Matrix.of(halves(2, n * k), n, k), Halves.F16)
                        .withBias(floats(3, n));
            }

            @Override
            Matrix results(int m, int n) {
                return FLOATS.results(m, n);
            }

            @Override
            int[] reference(Matrix lhs, Weights weights) {
                return bits(F32Reference.multiply(
                        lhs, Halves.F16, weights, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY));
            }
        },
        /** Bytes, and rows that are quantized as they come. */
        BYTES(new Formats(Format.QAI8DX, Format.QSI8CX, Format.F32)) {
            @Override
            Matrix lhs(int m, int k) {
                return FLOATS.lhs(m, k);
            }

            @Override
            Weights weights(int n, int k) {
                return Weights.nByK(Matrix.of(bytes(2, n * k), n, k))
                        .withScales(scales(n))
                        .withBias(floats(3, n));
            }

            @Override
            Matrix results(int m, int n) {
                return FLOATS.results(m, n);
            }

            @Override
            int[] reference(Matrix lhs, Weights weights) {
                return bits(Int8Reference.multiply(lhs, weights, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY));
            }
        },
        /** Bytes on both sides. */
        SUMS(new Formats(Format.QAI8, Format.QSI8CX, Format.I32)) {
            @Override
            Matrix lhs(int m, int k) {
                return Matrix.of(bytes(1, m * k), m, k);
            }

            @Override
            Weights weights(int n, int k) {
                return Weights.nByK(Matrix.of(bytes(2, n * k), n, k));
            }

            @Override
            Matrix results(int m, int n) {
                return Matrix.of(new int[m * n], m, n);
            }

            @Override
            int[] reference(Matrix lhs, Weights weights) {
                return StaticInt8Reference.sums(lhs, weights);
            }
        };

        private final Formats formats;

        Kind(Formats formats) {
            this.formats = formats;
        }

        /** Rows, of which any number begins with the same. */
        abstract Matrix lhs(int m, int k);

        abstract Weights weights(int n, int k);

        abstract Matrix results(int m, int n);

        abstract int[] reference(Matrix lhs, Weights weights);
    }

    /**
     * A product that kernels share.
     *
     * @param kind of its operands
     * @param m rows, at least as many as are taken of it
     * @param n columns
     * @param k depth
     */
    private record Asked(Kind kind, int m, int n, int k) {}

    /** A kernel of such operands. */
    record Case(Kind kind, MatMulKernel kernel) {
        /** Rows of the tallest tile, and one. */
        int mostRows() {
            return kernel.family().maxMr() + 1;
        }

        @Override
        public String toString() {
            return kernel.family().variants().getLast().name();
        }
    }

    private final Map<Asked, int[]> expected = new HashMap<>();

    static Stream<Case> cases() {
        return Stream.of(Kind.values())
                .flatMap(kind -> new MachineTable(kind.formats).usable().map(kernel -> new Case(kind, kernel)));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("cases")
    void givesTheBitsOfTheReference(Case given) {
        final int nr = given.kernel().family().nr();
        for (final int k : DEPTHS) {
            // Columns take turns: whole panels, one and two of them, and what every vector may be short of.
            for (final int n : new int[] {1 + k % nr, nr + (k * 5 + 3) % nr, 2 * nr + k % 3}) {
                final Weights weights = given.kind().weights(n, k);
                final PackedRhs packed = given.kernel().packRhs(weights);
                for (int m = 1; m <= given.mostRows(); m++) {
                    check(given, m, weights, packed);
                }
            }
        }
    }

    private void check(Case given, int m, Weights weights, PackedRhs packed) {
        final int n = weights.n();
        final int k = weights.k();
        final int[] wanted =
                expected.computeIfAbsent(new Asked(given.kind(), given.mostRows(), n, k), asked -> asked.kind()
                        .reference(asked.kind().lhs(asked.m(), k), weights));
        final Matrix results = given.kind().results(m, n);
        given.kernel().run(given.kind().lhs(m, k), packed, results);
        assertArrayEquals(Arrays.copyOf(wanted, m * n), bits(results), () -> given + " " + m + "x" + n + "x" + k);
    }

    private static float[] floats(long seed, int count) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static short[] halves(long seed, int count) {
        final float[] floats = floats(seed, count);
        final short[] values = new short[count];
        for (int i = 0; i < count; i++) {
            values[i] = Halves.F16.round(floats[i]);
        }
        return values;
    }

    private static float[] scales(int count) {
        final float[] values = floats(4, count);
        for (int i = 0; i < count; i++) {
            values[i] = Math.abs(values[i]);
        }
        return values;
    }

    private static byte[] bytes(long seed, int count) {
        final byte[] values = new byte[count];
        new SplittableRandom(seed).nextBytes(values);
        return values;
    }

    private static int[] bits(float... values) {
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToRawIntBits(values[i]))
                .toArray();
    }

    private static int[] bits(Matrix results) {
        return switch (results) {
            case Matrix.Floats floats -> bits(floats.data());
            case Matrix.Ints ints -> ints.data();
            case Matrix.Bytes _, Matrix.Shorts _, Matrix.Segment _ -> throw new AssertionError("results: " + results);
        };
    }
}
