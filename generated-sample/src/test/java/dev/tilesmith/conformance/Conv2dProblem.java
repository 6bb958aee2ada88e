package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A convolution, without what the pixels and filters hold.
 *
 * @param shape its shape
 * @param count how many images
 * @param height rows of each
 * @param width columns of each
 * @param gap elements between pixels, those that are read and those that are written
 */
record Conv2dProblem(Conv2dShape shape, int count, int height, int width, int gap) {
    /** Rows and columns of kernels, which fit the images of the grid even if they are dilated by two. */
    private static final List<int[]> KERNELS =
            List.of(new int[] {3, 3}, new int[] {1, 1}, new int[] {2, 3}, new int[] {4, 1}, new int[] {1, 5});

    private static final List<UnaryOperator<Conv2dShape>> PADDINGS =
            List.of(shape -> shape, shape -> shape.padding(1, 0, 2, 3), Conv2dShape::samePadding);

    /** Channels read, channels written, groups: all with all, to more columns than a panel has, two groups, and a group for each. */
    private static final List<int[]> CHANNELS = List.of(
            new int[] {5, 7, 1}, new int[] {3, 37, 1}, new int[] {6, 10, 2}, new int[] {5, 5, 5}, new int[] {3, 9, 3});

    /** All of them. */
    static Conv2dProblems all() {
        return new Conv2dProblems(grid(), corners(), large());
    }

    /** Every stride by every dilation, padding and kind of channels, and with these kernels, images and gaps in turn. */
    private static List<Conv2dProblem> grid() {
        final List<Conv2dProblem> all = new ArrayList<>();
        for (int stride = 1; stride <= 3; stride++) {
            for (int dilation = 1; dilation <= 2; dilation++) {
                for (final UnaryOperator<Conv2dShape> padding : PADDINGS) {
                    for (final int[] channels : CHANNELS) {
                        all.add(inTurn(all.size(), stride, dilation, padding, channels));
                    }
                }
            }
        }
        return Shapes.of(all, List.of(0, 7, 13, 24, 38, 51, 62, 74, 89), List.of(8, 38, 63, 86));
    }

    private static Conv2dProblem inTurn(
            int turn, int stride, int dilation, UnaryOperator<Conv2dShape> padding, int[] channels) {
        final int[] kernel = KERNELS.get(turn / 2 % KERNELS.size());
        final Conv2dShape shape = Conv2dShape.of(channels[0], channels[1], kernel[0], kernel[1])
                .stride(stride, turn % 4 == 3 ? 1 : stride)
                .dilation(dilation, turn % 4 == 1 ? 1 : dilation)
                .groups(channels[2]);
        return new Conv2dProblem(padding.apply(shape), 1 + turn % 2, 7, 9, turn % 3 * 2);
    }

    /** No image, none of its rows, one pixel, images smaller than the kernel; products as they lie, and long sums. */
    private static List<Conv2dProblem> corners() {
        final Conv2dShape three = Conv2dShape.of(4, 6, 3, 3);
        final Conv2dShape five = Conv2dShape.of(3, 5, 5, 5);
        final Conv2dShape pixels = Conv2dShape.of(33, 49, 1, 1);
        return Shapes.of(
                List.of(
                        new Conv2dProblem(three, 0, 5, 5, 0),
                        new Conv2dProblem(three.samePadding(), 2, 0, 3, 0),
                        new Conv2dProblem(three.samePadding(), 2, 3, 0, 1),
                        new Conv2dProblem(three.padding(2, 1, 1, 1), 2, 0, 2, 0),
                        new Conv2dProblem(three.samePadding(), 1, 1, 1, 0),
                        new Conv2dProblem(three.samePadding().stride(2, 3).dilation(2, 2), 3, 1, 1, 2),
                        new Conv2dProblem(five.padding(2, 1, 2, 3), 1, 2, 2, 0),
                        new Conv2dProblem(five.padding(4, 4, 4, 4).stride(3, 2), 2, 1, 3, 3),
                        new Conv2dProblem(five.padding(9, 0, 0, 9), 1, 3, 3, 0),
                        new Conv2dProblem(pixels, 2, 4, 5, 0),
                        new Conv2dProblem(pixels, 2, 4, 5, 3),
                        new Conv2dProblem(Conv2dShape.of(16, 34, 1, 1).groups(2), 1, 5, 3, 0),
                        new Conv2dProblem(Conv2dShape.of(67, 18, 3, 3).samePadding(), 1, 4, 5, 0)),
                List.of(0, 1, 3, 5, 6, 10, 12),
                List.of(1, 6, 12));
    }

    /** Of so much work that it is worth the waking of three threads. */
    private static Conv2dProblem large() {
        return new Conv2dProblem(Conv2dShape.of(16, 48, 3, 3).samePadding(), Shapes.FEW ? 1 : 2, 21, 17, 0);
    }

    int pixels() {
        return count * height * width;
    }

    /** Pixels of the results. */
    int results() {
        return count * shape.outputHeight(height) * shape.outputWidth(width);
    }

    Images images(Matrix pixels) {
        return new Images(count, height, width, pixels);
    }

    Images results(Matrix pixels) {
        return new Images(count, shape.outputHeight(height), shape.outputWidth(width), pixels);
    }
}
