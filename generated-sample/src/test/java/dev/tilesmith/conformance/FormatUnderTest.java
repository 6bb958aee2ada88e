package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A format under test: the kernels declared with it, operands for them, and the reference. It is all that
 * {@link KernelConformance} must be told to hold every variant of these kernels to the reference.
 *
 * <p>Rows of operands depend on the rows before them alone, and so do columns of weights: {@code lhs(3, …)} is the
 * beginning of {@code lhs(9, …)}, and {@code weights(5, …)} are the first columns of {@code weights(40, …)}. So the
 * reference is asked once for a product of which variants compute corners.
 */
public interface FormatUnderTest {
    /** Tables of the kernels. All of them take the same operands: those that take a bias and those that do not are two formats. */
    List<DispatchTable<? extends MatMulKernel>> tables();

    /**
     * Another format whose kernels have the same machine code, table by table: its tiles are tried there. {@link SameCodeTest}
     * holds the bytes to be the same.
     */
    default Optional<FormatUnderTest> sameCode() {
        return Optional.empty();
    }

    /** What rows hold. */
    Element lhsElement();

    /** What results are. */
    Element dstElement();

    /**
     * Weights of n columns: every value there is, scales as awkward as {@code samples}, and, for some depths, a bias and
     * whatever else may be left out.
     */
    Weights weights(int n, Depth depth, Samples samples);

    /** What the reference gives, as {@link Element#bits}. */
    int[] multiply(Matrix lhs, Weights weights, Bounds bounds);

    /** Weights given in every way there is; of each list all are packed alike. */
    List<List<Weights>> alike();

    /** Weights that cannot be packed. */
    List<Refusal> refusals();

    /** Products that the format's arithmetic has reason to fear: the largest sums, the ties of its rounding. */
    List<Operands> hardest();

    /** Bounds that results may be given; none where kernels take none. */
    List<Bounds> bounds();

    /** Bounds that are refused. */
    List<Bounds> refusedBounds();

    /** What values are drawn from: what makes a difference to the format. */
    default List<Samples> samples() {
        return List.of(Samples.values());
    }

    /** Rows of values. */
    default Matrix lhs(int m, Depth depth, Samples samples) {
        return Matrix.of(samples.take(m * depth.k(), 1), m, depth.k());
    }

    /** The least depth from {@code k} on that weights can have. */
    default Depth depth(int k) {
        return Depth.of(k);
    }

    /** Depths for the tile of each variant. */
    default List<Depth> depths() {
        return Depth.plain();
    }

    /** Shapes for each family. */
    default List<Shapes.Shape> shapes() {
        return Shapes.plain();
    }

    /**
     * Bounds of results.
     *
     * @param low the lower one
     * @param high the upper one
     */
    record Bounds(float low, float high) {
        /** Bounds of floats that tell zeros apart. */
        static final List<Bounds> OF_FLOATS = List.of(
                new Bounds(-0f, 6f),
                new Bounds(0f, 0f),
                new Bounds(-1f, -0f),
                new Bounds(Float.NEGATIVE_INFINITY, 1f),
                new Bounds(-1e-40f, Float.POSITIVE_INFINITY));

        /** No bounds. */
        public static final Bounds NONE = new Bounds(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    /**
     * Weights that are refused.
     *
     * @param weights the weights
     * @param why a part of the message
     */
    record Refusal(Weights weights, String why) {}

    /**
     * A product.
     *
     * @param name what is special about it
     * @param lhs rows
     * @param weights columns
     */
    record Operands(String name, Matrix lhs, Weights weights) {}

    /** All bytes there are. */
    static byte[] bytes(int count, long seed) {
        final byte[] values = new byte[count];
        new SplittableRandom(seed).nextBytes(values);
        return values;
    }

    /** The values of n rows of k as k rows of n. */
    static float[] turned(float[] values, int n, int k) {
        final float[] turned = new float[n * k];
        for (int i = 0; i < n * k; i++) {
            turned[i % k * n + i / k] = values[i];
        }
        return turned;
    }

    /** The values of n rows of k as k rows of n. */
    static byte[] turned(byte[] values, int n, int k) {
        final byte[] turned = new byte[n * k];
        for (int i = 0; i < n * k; i++) {
            turned[i % k * n + i / k] = values[i];
        }
        return turned;
    }
}
