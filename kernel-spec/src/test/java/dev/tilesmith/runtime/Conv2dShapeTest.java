package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Sizes of outputs are those that counting gives, and what would have none is refused by name. */
final class Conv2dShapeTest {
    private static final Conv2dShape PLAIN = Conv2dShape.of(4, 6, 3, 5);

    /** A side, by which rows and columns are both tested. */
    private record Side(int size, int kernel, int stride, int dilation, int before, int after) {
        static Side random(SplittableRandom random) {
            return new Side(
                    random.nextInt(12),
                    1 + random.nextInt(5),
                    1 + random.nextInt(4),
                    1 + random.nextInt(3),
                    random.nextInt(4),
                    random.nextInt(4));
        }

        /** Kernels that lie within the padded side, counted. */
        int counted() {
            int count = 0;
            for (int first = -before; first + (kernel - 1) * dilation < size + after; first += stride) {
                count++;
            }
            return count;
        }

        Conv2dShape vertical(UnaryOperator<Conv2dShape> padding) {
            return padding.apply(
                    Conv2dShape.of(1, 1, kernel, 1).stride(stride, 1).dilation(dilation, 1));
        }

        Conv2dShape horizontal(UnaryOperator<Conv2dShape> padding) {
            return padding.apply(
                    Conv2dShape.of(1, 1, 1, kernel).stride(1, stride).dilation(1, dilation));
        }
    }

    @Test
    void outputsAreAsManyAsKernelsFit() {
        Problems.forEach(random -> {
            final Side side = Side.random(random);
            final Conv2dShape rows = side.vertical(shape -> shape.padding(side.before, 0, side.after, 0));
            final Conv2dShape columns = side.horizontal(shape -> shape.padding(0, side.before, 0, side.after));
            final int counted = side.counted();
            if (counted > 0) {
                assertEquals(counted, rows.outputHeight(side.size), side::toString);
                assertEquals(counted, columns.outputWidth(side.size), side::toString);
                assertEquals(side.before, rows.paddingTop(side.size));
                assertEquals(side.before, columns.paddingLeft(side.size));
            } else {
                final int span = (side.kernel - 1) * side.dilation + 1;
                final int padding = side.before + side.after;
                final String rest = ": " + side.size + "; the kernel spans " + span + ", and padding adds " + padding
                        + ": expected " + (span - padding) + " or more";
                assertRefused("inputHeight" + rest, () -> rows.outputHeight(side.size));
                assertRefused("inputWidth" + rest, () -> columns.outputWidth(side.size));
            }
        });
    }

    /**
     * TensorFlow's formula: {@code pad = max(k - s, 0)} where the stride divides the size, else {@code max(k - size % s, 0)}, for
     * a kernel that spans k, the smaller half of it before the image.
     */
    @Test
    void samePaddingIsTensorFlows() {
        Problems.forEach(random -> {
            final Side side = Side.random(random);
            final int span = (side.kernel - 1) * side.dilation + 1;
            final int rest = side.size % side.stride;
            final int padding = Math.max(span - (rest == 0 ? side.stride : rest), 0);
            final Conv2dShape rows = side.vertical(Conv2dShape::samePadding);
            final Conv2dShape columns = side.horizontal(Conv2dShape::samePadding);
            final int outputs = (int) Math.ceil(side.size / (double) side.stride);
            assertEquals(outputs, rows.outputHeight(side.size), side::toString);
            assertEquals(outputs, columns.outputWidth(side.size), side::toString);
            if (side.size > 0) {
                assertEquals(padding / 2, rows.paddingTop(side.size), side::toString);
                assertEquals(padding / 2, columns.paddingLeft(side.size), side::toString);
                final int explicit = side.vertical(shape -> shape.padding(padding / 2, 0, padding - padding / 2, 0))
                        .outputHeight(side.size);
                assertEquals(outputs, explicit, side::toString);
            }
        });
    }

    /** The largest of everything, of which some is refused, and nothing wraps around. */
    @Test
    void hugeSizesAreCountedOrRefused() {
        final int most = Integer.MAX_VALUE;
        final Conv2dShape padded = Conv2dShape.of(1, 1, 1, 1).padding(most, most, most, most);
        assertRefused(
                "inputHeight: 2147483647; padding adds 4294967294, which makes 6442450941 outputs: expected 2147483647"
                        + " or fewer",
                () -> padded.outputHeight(most));
        assertEquals(
                4,
                padded.stride(most, most).outputHeight(most)
                        + padded.stride(most, most).outputWidth(0)
                        - 1);
        final Conv2dShape wide = Conv2dShape.of(1, 1, most, 1).dilation(most, 1);
        assertRefused(
                "inputHeight: 7; the kernel spans 4611686011984936963, and padding adds 0: expected"
                        + " 4611686011984936963 or more",
                () -> wide.outputHeight(7));
        assertEquals(1, wide.samePadding().outputHeight(1));
        assertEquals((4611686011984936963L - 1) / 2, wide.samePadding().paddingTop(1));
        assertRefused(
                "kernel: 2147483647 x 2147483647 with 2147483647 channels has more than 2^63 - 2 values; expected"
                        + " 2147483647 or fewer",
                () -> Conv2dShape.of(most, 1, most, most));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertRefused("inputChannels: 0; expected 1 or more", () -> Conv2dShape.of(0, 6, 3, 5));
        assertRefused("outputChannels: -1; expected 1 or more", () -> Conv2dShape.of(4, -1, 3, 5));
        assertRefused("kernelHeight: 0; expected 1 or more", () -> Conv2dShape.of(4, 6, 0, 5));
        assertRefused("kernelWidth: 0; expected 1 or more", () -> Conv2dShape.of(4, 6, 3, 0));
        assertRefused("strideHeight: 0; expected 1 or more", () -> PLAIN.stride(0, 1));
        assertRefused("strideWidth: 0; expected 1 or more", () -> PLAIN.stride(1, 0));
        assertRefused("dilationHeight: 0; expected 1 or more", () -> PLAIN.dilation(0, 1));
        assertRefused("dilationWidth: 0; expected 1 or more", () -> PLAIN.dilation(1, 0));
        assertRefused("padding top: -1; expected 0 or more", () -> PLAIN.padding(-1, 0, 0, 0));
        assertRefused("padding left: -2; expected 0 or more", () -> PLAIN.padding(0, -2, 0, 0));
        assertRefused("padding bottom: -3; expected 0 or more", () -> PLAIN.padding(0, 0, -3, 0));
        assertRefused("padding right: -4; expected 0 or more", () -> PLAIN.padding(0, 0, 0, -4));
        assertRefused("groups: 0; expected 1 or more", () -> PLAIN.groups(0));
        assertRefused("groups: 3; expected a divisor of the 4 input channels", () -> PLAIN.groups(3));
        assertRefused("groups: 4; expected a divisor of the 6 output channels", () -> PLAIN.groups(4));
        assertRefused("inputHeight: -1; expected 0 or more", () -> PLAIN.outputHeight(-1));
        assertRefused(
                "inputWidth: -1; expected 0 or more", () -> PLAIN.samePadding().outputWidth(-1));
    }

    /** Each wither changes what it says and leaves the rest. */
    @Test
    void withersKeepTheRest() {
        final Padding.Explicit padding = new Padding.Explicit(1, 2, 3, 4);
        final Conv2dShape all =
                PLAIN.stride(2, 3).dilation(4, 5).padding(1, 2, 3, 4).groups(2);
        assertEquals(new Conv2dShape(4, 6, 3, 5, 2, 3, 4, 5, padding, 2), all);
        assertEquals(new Conv2dShape(4, 6, 3, 5, 7, 8, 4, 5, padding, 2), all.stride(7, 8));
        assertEquals(new Conv2dShape(4, 6, 3, 5, 2, 3, 7, 8, padding, 2), all.dilation(7, 8));
        assertEquals(new Conv2dShape(4, 6, 3, 5, 2, 3, 4, 5, new Padding.Same(), 2), all.samePadding());
        assertEquals(new Conv2dShape(4, 6, 3, 5, 2, 3, 4, 5, padding, 1), all.groups(1));
        assertEquals(3 * 5 * 2, all.k());
    }

    @Test
    void depthwiseIsAGroupForEachChannel() {
        assertEquals(Conv2dShape.of(4, 4, 3, 5).groups(4), Conv2dShape.depthwise(4, 3, 5));
        assertEquals(Conv2dShape.of(4, 12, 3, 5).groups(4), Conv2dShape.depthwise(4, 3, 3, 5));
        assertEquals(3 * 5, Conv2dShape.depthwise(4, 3, 3, 5).k());
        Conv2dShape.depthwise(4, 3, 3, 5).requireDepthwise();
        Conv2dShape.of(1, 6, 3, 5).requireDepthwise();
        assertRefused(
                "shape: 2 groups of 4 input channels; a depthwise convolution has a group for each:"
                        + " Conv2dShape.depthwise",
                () -> PLAIN.groups(2).requireDepthwise());
        assertRefused("multiplier: 0; expected 1 or more", () -> Conv2dShape.depthwise(4, 0, 3, 5));
        assertRefused("inputChannels: 0; expected 1 or more", () -> Conv2dShape.depthwise(0, 1, 3, 5));
        assertRefused("inputChannels: -1; expected 1 or more", () -> Conv2dShape.depthwise(-1, 1, 3, 5));
        assertRefused(
                "channels x multiplier: 65536 x 32768 are 2147483648; expected 2147483647 or fewer",
                () -> Conv2dShape.depthwise(1 << 16, 1 << 15, 3, 5));
    }

    @Test
    void pixelsArePatchesOfNothingElse() {
        final Conv2dShape pixels = Conv2dShape.of(4, 6, 1, 1);
        for (final Conv2dShape shape : List.of(pixels, pixels.samePadding(), pixels.dilation(3, 3), pixels.groups(2))) {
            assertTrue(shape.isPointwise(), shape::toString);
        }
        for (final Conv2dShape shape : List.of(
                PLAIN,
                Conv2dShape.of(4, 6, 1, 2),
                Conv2dShape.of(4, 6, 2, 1),
                pixels.stride(2, 1),
                pixels.stride(1, 2),
                pixels.padding(1, 0, 0, 0),
                pixels.padding(0, 1, 0, 0),
                pixels.padding(0, 0, 1, 0),
                pixels.padding(0, 0, 0, 1))) {
            assertTrue(!shape.isPointwise(), shape::toString);
        }
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
