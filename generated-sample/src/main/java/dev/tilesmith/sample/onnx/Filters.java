package dev.tilesmith.sample.onnx;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.sample.network.Operation.Convolution;
import dev.tilesmith.sample.network.Operation.Doubling;
import dev.tilesmith.spec.Activation;
import java.util.List;

/** Nodes with filters, which lie in another order in memory where channels are innermost. */
final class Filters {
    private static final List<Integer> ONES = List.of(1, 1);
    private static final List<Integer> NO_PADDING = List.of(0, 0, 0, 0);

    /** What weights are 0 below: so little has been left of some by training that their products are denormal numbers, which CPUs add slowly. */
    private static final float TRACE = 1e-30f;

    private Filters() {}

    static Convolution convolution(Value value) {
        final Attributes attributes = value.attributes("Conv");
        final Constant filters = value.back("Conv", 1).constant("filters");
        final int outputs = filters.dimension(0);
        final int channels = filters.dimension(1);
        final int rows = filters.dimension(2);
        final int columns = filters.dimension(3);
        final int groups = attributes.integer("group", 1);
        attributes.require("auto_pad", "NOTSET", "NOTSET");
        final List<Integer> strides = attributes.integers("strides", ONES);
        final List<Integer> dilations = attributes.integers("dilations", ONES);
        final List<Integer> pads = attributes.integers("pads", NO_PADDING);
        final Conv2dShape shape = Conv2dShape.of(channels * groups, outputs, rows, columns)
                .groups(groups)
                .stride(strides.getFirst(), strides.getLast())
                .dilation(dilations.getFirst(), dilations.getLast())
                .padding(pads.get(0), pads.get(1), pads.get(2), pads.get(3));
        final float[] reordered = swapped(filters.floats(), outputs, channels, rows * columns);
        final float[] bias = value.inputs("Conv") > 2
                ? value.back("Conv", 2).constant("bias").floats()
                : new float[outputs];
        return new Convolution(shape, reordered, bias, Activation.NONE);
    }

    /** A product with a constant: a convolution of one pixel. */
    static Convolution product(Value value) {
        final Constant weights = value.back("MatMul", 1).constant("weights");
        if (weights.rank() != 2) {
            throw new OnnxFormatException(value.producerLabel() + ": expected weights of two dimensions");
        }
        final int k = weights.dimension(0);
        final int n = weights.dimension(1);
        final float[] rows = swapped(weights.floats(), 1, k, n);
        return new Convolution(Conv2dShape.of(k, n, 1, 1), rows, new float[n], Activation.NONE);
    }

    static Doubling doubling(Value value) {
        final Attributes attributes = value.attributes("ConvTranspose");
        attributes.require("kernel_shape", List.of(2, 2), List.of());
        attributes.require("strides", List.of(2, 2), ONES);
        attributes.require("dilations", ONES, ONES);
        attributes.require("pads", NO_PADDING, NO_PADDING);
        attributes.require("output_padding", List.of(0, 0), List.of(0, 0));
        attributes.require("group", 1, 1);
        final Constant filters = value.back("ConvTranspose", 1).constant("filters");
        final int inputs = filters.dimension(0);
        final int outputs = filters.dimension(1);
        // Of an input channel there are, for each output channel, four places: all of them become rows of input
        // channels.
        final float[] byOutput = swapped(filters.floats(), 1, inputs, outputs * Doubling.PLACES);
        final float[] byPlace = new float[byOutput.length];
        for (int output = 0; output < outputs; output++) {
            for (int place = 0; place < Doubling.PLACES; place++) {
                System.arraycopy(
                        byOutput,
                        (output * Doubling.PLACES + place) * inputs,
                        byPlace,
                        (place * outputs + output) * inputs,
                        inputs);
            }
        }
        final float[] bias = value.inputs("ConvTranspose") > 2
                ? value.back("ConvTranspose", 2).constant("bias").floats()
                : new float[outputs];
        return new Doubling(inputs, outputs, byPlace, bias, Activation.NONE);
    }

    /** Matrices of so many rows and columns, transposed, without traces. */
    private static float[] swapped(float[] values, int matrices, int rows, int columns) {
        final float[] result = new float[values.length];
        for (int matrix = 0; matrix < matrices; matrix++) {
            final int first = matrix * rows * columns;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    final float value = values[first + row * columns + column];
                    result[first + column * rows + row] = Math.abs(value) < TRACE ? 0 : value;
                }
            }
        }
        return result;
    }
}
