package dev.tilesmith.sample.network;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.spec.Activation;
import java.util.Arrays;

/**
 * What a step does with one feature map, or with several: floats in the order NHWC, of one image. Tokens are the pixels of an image
 * of one row.
 */
@SuppressWarnings("ArrayRecordComponent") // written once by the reader and only read from then on
public sealed interface Operation {
    /** What is linear in its channels: filters and bias, by which an affine map that follows it, or comes before, can be taken in. */
    sealed interface Linear extends Operation permits Convolution, Doubling {
        /** What follows. */
        Activation activation();

        /** This, and an affine map after it. It has no activation. */
        Linear then(Affine affine);

        /** This, and an activation after it. It has none yet. */
        Linear then(Activate activate);

        /** Whether each output is a sum over pixels of the image alone, so that an affine map may come before it. */
        boolean readsNoPadding();

        /** This, and an affine map before it. It reads no padding. */
        Linear after(Affine affine);
    }

    /**
     * A convolution; one of one pixel is a product of matrices.
     *
     * @param shape what it does with pixels
     * @param filters in the order OHWI
     * @param bias one for each output channel
     * @param activation what follows
     */
    record Convolution(Conv2dShape shape, float[] filters, float[] bias, Activation activation) implements Linear {
        /** Checks the lengths. */
        public Convolution {
            Lengths.check("filters", filters.length, shape.outputChannels() * shape.k());
            Lengths.check("bias", bias.length, shape.outputChannels());
        }

        @Override
        public Linear then(Affine affine) {
            return new Convolution(shape, affine.scaled(filters, shape.k()), affine.applied(bias), activation);
        }

        @Override
        public Linear then(Activate activate) {
            return new Convolution(shape, filters, bias, activate.activation());
        }

        @Override
        public boolean readsNoPadding() {
            return shape.padding().equals(Conv2dShape.of(1, 1, 1, 1).padding()) && shape.groups() == 1;
        }

        @Override
        public Linear after(Affine affine) {
            final float[] scaled = filters.clone();
            final float[] shifted = bias.clone();
            affine.fold(scaled, shape.inputChannels(), shifted);
            return new Convolution(shape, scaled, shifted, activation);
        }
    }

    /**
     * A transposed convolution of 2 x 2 with stride 2: each pixel gives a block of four, which no other pixel adds to.
     *
     * @param inputChannels channels that are read
     * @param outputChannels channels that are written
     * @param filters for each place in a block, row by row, for each output channel, a value for each input channel
     * @param bias one for each output channel
     * @param activation what follows
     */
    record Doubling(int inputChannels, int outputChannels, float[] filters, float[] bias, Activation activation)
            implements Linear {
        /** Pixels of a block. */
        public static final int PLACES = 4;

        /** Checks the lengths. */
        public Doubling {
            Lengths.check("filters", filters.length, PLACES * outputChannels * inputChannels);
            Lengths.check("bias", bias.length, outputChannels);
        }

        @Override
        public Linear then(Affine affine) {
            final float[] scaled = new float[filters.length];
            final int place = filters.length / PLACES;
            for (int i = 0; i < PLACES; i++) {
                final float[] ofPlace = Arrays.copyOfRange(filters, i * place, (i + 1) * place);
                System.arraycopy(affine.scaled(ofPlace, inputChannels), 0, scaled, i * place, place);
            }
            return new Doubling(inputChannels, outputChannels, scaled, affine.applied(bias), activation);
        }

        @Override
        public Linear then(Activate activate) {
            return new Doubling(inputChannels, outputChannels, filters, bias, activate.activation());
        }

        @Override
        public boolean readsNoPadding() {
            return false; // a shift would be another one at each place
        }

        @Override
        public Linear after(Affine affine) {
            throw new IllegalStateException("affine: " + affine + " before a doubling");
        }
    }

    /**
     * {@code x * scale + shift}.
     *
     * @param scale one for each channel, or one for all
     * @param shift as many
     */
    record Affine(float[] scale, float[] shift) implements Operation {
        /** Checks the lengths. */
        public Affine {
            Lengths.check("shift", shift.length, scale.length);
        }

        /** What is multiplied in a channel. */
        public float scale(int channel) {
            return scale[scale.length == 1 ? 0 : channel];
        }

        /** What is added in a channel. */
        public float shift(int channel) {
            return shift[shift.length == 1 ? 0 : channel];
        }

        /** This, and another one after it. */
        public Affine then(Affine next) {
            final int channels = Math.max(scale.length, next.scale.length);
            final float[] scales = new float[channels];
            final float[] shifts = new float[channels];
            for (int i = 0; i < channels; i++) {
                scales[i] = scale(i) * next.scale(i);
                shifts[i] = shift(i) * next.scale(i) + next.shift(i);
            }
            return new Affine(scales, shifts);
        }

        /** Filters of so many values each, times the scale of their channel. */
        float[] scaled(float[] filters, int values) {
            final float[] result = filters.clone();
            for (int i = 0; i < result.length; i++) {
                result[i] *= scale(i / values);
            }
            return result;
        }

        /** A bias, mapped. */
        float[] applied(float[] bias) {
            final float[] result = bias.clone();
            for (int i = 0; i < result.length; i++) {
                result[i] = result[i] * scale(i) + shift(i);
            }
            return result;
        }

        /** Takes the map of what filters read into them: their innermost dimension is that of the channels. */
        void fold(float[] filters, int channels, float[] bias) {
            final int values = filters.length / bias.length;
            for (int filter = 0; filter < bias.length; filter++) {
                double sum = bias[filter];
                for (int i = filter * values; i < (filter + 1) * values; i++) {
                    sum += (double) filters[i] * shift(i % channels);
                    filters[i] *= scale(i % channels);
                }
                bias[filter] = (float) sum;
            }
        }

        @Override
        public String toString() {
            return "Affine[" + scale.length + "]";
        }
    }

    /** An activation that a kernel has. */
    record Activate(Activation activation) implements Operation {}

    /** {@code min(max(alpha * x + beta, 0), 1)}. */
    record HardSigmoid(float alpha, float beta) implements Operation {}

    /** {@code 1 / (1 + exp(-x))}. */
    record Sigmoid() implements Operation {}

    /** {@code exp(x)}, over its sum over the channels of a pixel. */
    record Softmax() implements Operation {}

    /** Sums of two maps of one shape. */
    record Add() implements Operation {}

    /**
     * A map times another of one pixel: a factor for each channel.
     *
     * @param base what is added to each factor: 1 where the map itself is added to what comes of it, else 0
     */
    record Gate(float base) implements Operation {}

    /** The channels of all maps, those of the first in front. */
    record Concat() implements Operation {}

    /** The mean of all pixels. */
    record GlobalAverage() implements Operation {}

    /** The mean of every window of so many rows and columns, side by side; what is over at the end is left out. */
    record Average(int rows, int columns) implements Operation {}

    /** Each pixel so many times, down and across. */
    record Enlarge(int factor) implements Operation {}

    /**
     * The norm of each pixel's channels: {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta}.
     *
     * @param gamma one for each channel
     * @param beta one for each channel
     * @param epsilon added to the variance
     */
    record LayerNorm(float[] gamma, float[] beta, float epsilon) implements Operation {
        /** Checks the lengths. */
        public LayerNorm {
            Lengths.check("beta", beta.length, gamma.length);
        }
    }

    /**
     * Attention of every token to all: {@code softmax(scale * q · kᵀ) · v} for each head, side by side. Channels that are read are
     * the queries of all heads, then keys, then values.
     *
     * @param heads how many
     * @param width of a head
     * @param scale of the products
     */
    record Attention(int heads, int width, float scale) implements Operation {}
}
