package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A tile whose rows come as f32s, and whose results are such: random values, and the bias and the bounds if the program
 * has them.
 */
abstract class FloatTile<R> extends Tile<R> {
    final SplittableRandom random;

    private final float[] lhs;
    private final float[] bias;

    /** A tile of rows that {@code quantize} makes of f32s. */
    FloatTile(Program program, int k, Function<float[], R> quantize) {
        final SplittableRandom random = new SplittableRandom(program.mr() * 31L + k);
        final float[] lhs = values(random, program.mr() * k);
        super(
                program,
                k,
                IntStream.range(0, program.mr())
                        .mapToObj(row -> quantize.apply(Arrays.copyOfRange(lhs, row * k, (row + 1) * k)))
                        .toList());
        this.random = random;
        this.lhs = lhs;
        this.bias = values(random, program.nr());
    }

    /** Values of either sign, a ninth of them -0. */
    static float[] values(SplittableRandom random, int count) {
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(9) == 0 ? -0f : (float) random.nextDouble(-2, 3);
        }
        return values;
    }

    /** What the reference makes of {@code lhs} and {@code weights}, within bounds. */
    abstract float[] expected(Matrix lhs, float min, float max);

    /** Weights with a bias, if the program adds one. */
    final Weights biased(Weights weights) {
        return has(Op.Add.class) ? weights.withBias(bias) : weights;
    }

    @Override
    final void assertResult() {
        final boolean clamped = has(Op.Clamp.class);
        final float[] expected = expected(
                Matrix.of(lhs, program.mr(), k),
                clamped ? clampMin() : Float.NEGATIVE_INFINITY,
                clamped ? clampMax() : Float.POSITIVE_INFINITY);
        final float[] floats = new float[result.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.intBitsToFloat(result[i]);
        }
        assertArrayEquals(expected, floats, program::print);
    }

    @Override
    public final int ofColumn(ColumnPart part, int column) {
        return part == ColumnPart.BIAS ? Float.floatToRawIntBits(bias[column]) : besideBias(part, column);
    }

    /** What a program loads of columns beside the bias. */
    abstract int besideBias(ColumnPart part, int column);

    @Override
    public final float clampMin() {
        return -0.5f;
    }

    @Override
    public final float clampMax() {
        return 0.75f;
    }
}
