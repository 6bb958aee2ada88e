package dev.tilesmith.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The reference against convolutions written as what they are, scattered from the input, and against examples done by hand. */
final class Conv2dReferenceTest {
    private static final int PROBLEMS = 3000;

    private static Images convolve(Conv2dShape shape, Images src, Weights filters) {
        return Conv2dReference.convolve(
                shape,
                src,
                filters,
                (lhs, weights) -> Matrix.of(
                        F32Reference.multiply(lhs, weights, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY),
                        lhs.rows(),
                        weights.n()));
    }

    /**
     * Goes from pixels of the input to the outputs that they count in, which needs no padding: of each value of the kernel, a
     * pixel has one output at most, where the stride divides the distance. Values are small integers, so that sums are exact.
     */
    @Test
    void pixelsCountInTheOutputsThatTheyShould() {
        for (long seed = 0; seed < PROBLEMS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final int groups = 1 + random.nextInt(3);
            final Conv2dShape shape = Conv2dShape.of(
                            groups * (1 + random.nextInt(3)),
                            groups * (1 + random.nextInt(3)),
                            1 + random.nextInt(4),
                            1 + random.nextInt(4))
                    .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
                    .dilation(1 + random.nextInt(3), 1 + random.nextInt(3))
                    .padding(random.nextInt(4), random.nextInt(4), 10, 10)
                    .groups(groups);
            final int count = 1 + random.nextInt(2);
            final int height = random.nextInt(7);
            final int width = random.nextInt(7);
            final float[] data = integers(random, count * height * width * shape.inputChannels());
            final Images src = Images.of(data, count, height, width, shape.inputChannels());
            final float[] filters = integers(random, shape.outputChannels() * shape.k());
            final Images dst =
                    convolve(shape, src, Weights.nByK(Matrix.of(filters, shape.outputChannels(), shape.k())));
            final float[] expected = new float[dst.pixels().rows() * dst.channels()];
            scatter(shape, src, data, filters, dst, expected);
            assertArrayEquals(expected, ((Matrix.Floats) dst.pixels()).data(), "seed " + seed + ": " + shape);
        }
    }

    private static float[] integers(SplittableRandom random, int count) {
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(-9, 10);
        }
        return values;
    }

    private static void scatter(
            Conv2dShape shape, Images src, float[] data, float[] filters, Images dst, float[] sums) {
        final int channels = shape.inputChannels();
        for (int at = 0; at < data.length; at++) {
            final int x = at / channels % src.width();
            final int y = at / channels / src.width() % src.height();
            final int image = at / channels / src.width() / src.height();
            for (int r = 0; r < shape.kernelHeight(); r++) {
                for (int s = 0; s < shape.kernelWidth(); s++) {
                    final long top = y + shape.paddingTop(src.height()) - (long) r * shape.dilationHeight();
                    final long left = x + shape.paddingLeft(src.width()) - (long) s * shape.dilationWidth();
                    if (top >= 0 && top % shape.strideHeight() == 0 && left >= 0 && left % shape.strideWidth() == 0) {
                        final long row = top / shape.strideHeight();
                        final long column = left / shape.strideWidth();
                        if (row < dst.height() && column < dst.width()) {
                            final int output = (int) (((long) image * dst.height() + row) * dst.width() + column);
                            scatter(shape, data[at], at % channels, r, s, filters, sums, output);
                        }
                    }
                }
            }
        }
    }

    /** A value of the input, in all filters of its group. */
    private static void scatter(
            Conv2dShape shape, float value, int channel, int r, int s, float[] filters, float[] sums, int output) {
        final int inputs = shape.inputChannels() / shape.groups();
        final int outputs = shape.outputChannels() / shape.groups();
        final int group = channel / inputs;
        for (int o = group * outputs; o < (group + 1) * outputs; o++) {
            final int filter = ((o * shape.kernelHeight() + r) * shape.kernelWidth() + s) * inputs + channel % inputs;
            sums[output * shape.outputChannels() + o] += value * filters[filter];
        }
    }

    /** Padding is what 0 is in the input, which a sum of int8 shows. */
    @Test
    void paddingIsTheZeroPoint() {
        final Conv2dShape shape = Conv2dShape.of(1, 1, 3, 3).samePadding();
        final Images src = Images.of(new byte[] {5, 6, 7, 8}, 1, 2, 2, 1);
        final byte[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
        final Weights filters = Weights.nByK(Matrix.of(ones, 1, 9)).requantized(Requantization.ofSums(4));
        final Images sums = Conv2dReference.convolve(
                shape,
                src,
                filters,
                (lhs, weights) -> Matrix.of(StaticInt8Reference.sums(lhs, weights), lhs.rows(), 1));
        assertArrayEquals(new int[] {10, 10, 10, 10}, ((Matrix.Ints) sums.pixels()).data());
        final Matrix patches = Conv2dReference.patches(shape, src, 0, 4);
        assertArrayEquals(new byte[] {4, 4, 4, 4, 5, 6, 4, 7, 8}, Arrays.copyOf(((Matrix.Bytes) patches).data(), 9));
    }

    /** What is multiplied with a pixel that is not finite is not; what is not, is. */
    @Test
    void whatIsNotFiniteStaysWhereItIsRead() {
        final Conv2dShape shape = Conv2dShape.of(1, 1, 1, 3).samePadding();
        final Images src = Images.of(new float[] {Float.NaN, 1, 1, 1, Float.POSITIVE_INFINITY}, 1, 1, 5, 1);
        final Images dst = convolve(shape, src, Weights.nByK(Matrix.of(new float[] {1, 1, 1}, 1, 3)));
        final float[] results = ((Matrix.Floats) dst.pixels()).data();
        assertTrue(Float.isNaN(results[0]) && Float.isNaN(results[1]), () -> results[0] + ", " + results[1]);
        assertEquals(3f, results[2]);
        assertEquals(Float.POSITIVE_INFINITY, results[3]);
        assertEquals(Float.POSITIVE_INFINITY, results[4]);
    }
}
