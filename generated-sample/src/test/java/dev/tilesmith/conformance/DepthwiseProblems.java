package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Conv2dShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Depthwise convolutions, without what the pixels and filters hold. */
final class DepthwiseProblems {
    /** Rows and columns of kernels: of each number of taps that has a loop of its own, and of others. */
    private static final List<int[]> KERNELS = List.of(
            new int[] {3, 3},
            new int[] {1, 1},
            new int[] {2, 1},
            new int[] {1, 3},
            new int[] {2, 2},
            new int[] {5, 1},
            new int[] {2, 3},
            new int[] {1, 7},
            new int[] {4, 2},
            new int[] {2, 5},
            new int[] {5, 5});

    private static final List<UnaryOperator<Conv2dShape>> PADDINGS =
            List.of(shape -> shape, shape -> shape.padding(1, 0, 2, 3), Conv2dShape::samePadding);

    /** Channels, and filters of each: a part of a panel, all of one and more, several panels, and results side by side. */
    private static final List<int[]> CHANNELS =
            List.of(new int[] {5, 1}, new int[] {32, 1}, new int[] {37, 1}, new int[] {7, 3});

    private DepthwiseProblems() {}

    /** All of them. */
    static Conv2dProblems all() {
        return new Conv2dProblems(grid(), corners(), large());
    }

    private static List<Conv2dProblem> grid() {
        final List<Conv2dProblem> all = new ArrayList<>();
        for (int stride = 1; stride <= 2; stride++) {
            for (int dilation = 1; dilation <= 2; dilation++) {
                for (final UnaryOperator<Conv2dShape> padding : PADDINGS) {
                    for (final int[] channels : CHANNELS) {
                        all.add(inTurn(all.size(), stride, dilation, padding, channels));
                    }
                }
            }
        }
        return Shapes.of(all, List.of(0, 7, 13, 22, 27, 34, 46), List.of(7, 22, 46));
    }

    private static Conv2dProblem inTurn(
            int turn, int stride, int dilation, UnaryOperator<Conv2dShape> padding, int[] channels) {
        final int[] kernel = KERNELS.get(turn % KERNELS.size());
        final Conv2dShape shape = Conv2dShape.depthwise(channels[0], channels[1], kernel[0], kernel[1])
                .stride(stride, turn % 4 == 3 ? 1 : stride)
                .dilation(dilation, turn % 4 == 1 ? 1 : dilation);
        return new Conv2dProblem(padding.apply(shape), 1 + turn % 2, 9, 13, turn % 3 * 2);
    }

    /**
     * No image, none of its rows, one pixel, images smaller than the kernel; a line longer than is summed at once, and many channels. For machine
     * code panels that are whole, and parts of them, by kernels that have code of their own, neighbours that begin a group, and lines that are tiles: two at a
     * time and one left, with as many pixels as a tile or some more, with padding that fits tiles and more.
     */
    private static List<Conv2dProblem> corners() {
        final Conv2dShape three = Conv2dShape.depthwise(6, 3, 3);
        final Conv2dShape five = Conv2dShape.depthwise(3, 2, 5, 5);
        return Shapes.of(
                List.of(
                        new Conv2dProblem(three, 0, 5, 5, 0),
                        new Conv2dProblem(three.samePadding(), 2, 0, 3, 0),
                        new Conv2dProblem(three.padding(2, 1, 1, 1), 2, 0, 2, 0),
                        new Conv2dProblem(three.samePadding(), 1, 1, 1, 0),
                        new Conv2dProblem(three.samePadding().stride(2, 3).dilation(2, 2), 3, 1, 1, 2),
                        new Conv2dProblem(five.padding(4, 4, 4, 4).stride(3, 2), 2, 1, 3, 3),
                        new Conv2dProblem(five.padding(9, 0, 0, 9), 1, 3, 3, 0),
                        new Conv2dProblem(three.stride(4, 5), 2, 11, 13, 0),
                        new Conv2dProblem(Conv2dShape.depthwise(3, 1, 4).samePadding(), 1, 1, 200, 0),
                        new Conv2dProblem(Conv2dShape.depthwise(64, 5, 5).samePadding(), 1, 6, 9, 1),
                        new Conv2dProblem(Conv2dShape.depthwise(97, 7, 7).samePadding(), 1, 7, 8, 0),
                        new Conv2dProblem(
                                Conv2dShape.depthwise(130, 5, 5).stride(2, 2).samePadding(), 1, 5, 7, 0),
                        new Conv2dProblem(Conv2dShape.depthwise(70, 2, 8).padding(0, 3, 1, 2), 2, 3, 9, 5),
                        new Conv2dProblem(Conv2dShape.depthwise(67, 3, 3).samePadding(), 1, 4, 5, 0),
                        new Conv2dProblem(Conv2dShape.depthwise(21, 3, 3).samePadding(), 2, 5, 7, 0),
                        new Conv2dProblem(Conv2dShape.depthwise(35, 3, 3).padding(1, 1, 2, 2), 1, 4, 12, 0),
                        new Conv2dProblem(
                                Conv2dShape.depthwise(33, 5, 5).stride(2, 2).samePadding(), 1, 7, 17, 3),
                        new Conv2dProblem(
                                Conv2dShape.depthwise(7, 3, 7, 7).stride(2, 2).samePadding(), 1, 5, 20, 0),
                        new Conv2dProblem(Conv2dShape.depthwise(17, 1, 7).samePadding(), 2, 3, 11, 0)),
                List.of(1, 2, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18),
                List.of(2, 6, 9, 13, 14, 16));
    }

    private static Conv2dProblem large() {
        return new Conv2dProblem(Conv2dShape.depthwise(36, 3, 3).samePadding(), Shapes.FEW ? 1 : 3, 41, 47, 0);
    }
}
