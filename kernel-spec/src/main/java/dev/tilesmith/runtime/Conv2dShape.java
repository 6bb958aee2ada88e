package dev.tilesmith.runtime;

import dev.tilesmith.size.Sizes;

/**
 * What a 2-D convolution does with pixels: all of its shape but the size of the images.
 *
 * <p>The value of channel {@code o} at row {@code y} and column {@code x} of an output is the sum over rows {@code r} and columns
 * {@code s} of the kernel, and over channels {@code c} of the group of {@code o}, of {@code filter[o][r][s][c]} and the pixel
 * at row {@code y * strideHeight - top + r * dilationHeight} and column {@code x * strideWidth - left + s * dilationWidth},
 * which is padding where it lies outside the image.
 *
 * @param inputChannels channels of the images that are read, 1 or more
 * @param outputChannels channels of those that are written: the number of filters, 1 or more
 * @param kernelHeight rows of a filter, 1 or more
 * @param kernelWidth columns of a filter, 1 or more
 * @param strideHeight rows of the input from one row of the output to the next, 1 or more
 * @param strideWidth columns likewise
 * @param dilationHeight rows of the input from one row of a filter to the next; 1 where they lie side by side
 * @param dilationWidth columns likewise
 * @param padding what lies around an image
 * @param groups into how many the channels are cut, those of input and output alike: each group of outputs is of its group of
 *     inputs alone; 1 for all with all
 */
public record Conv2dShape(
        int inputChannels,
        int outputChannels,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        Padding padding,
        int groups) {
    /** Checks that all counts are 1 or more, that groups divide the channels, and that the values of a filter are an int. */
    public Conv2dShape {
        checkCount("inputChannels", inputChannels);
        checkCount("outputChannels", outputChannels);
        checkCount("kernelHeight", kernelHeight);
        checkCount("kernelWidth", kernelWidth);
        checkCount("strideHeight", strideHeight);
        checkCount("strideWidth", strideWidth);
        checkCount("dilationHeight", dilationHeight);
        checkCount("dilationWidth", dilationWidth);
        checkCount("groups", groups);
        checkGroups(groups, inputChannels, "input");
        checkGroups(groups, outputChannels, "output");
        final int channels = inputChannels / groups;
        final long values = Sizes.times(kernelHeight, kernelWidth, channels);
        if (values > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("kernel: " + kernelHeight + " x " + kernelWidth + " with " + channels
                    + " channels has " + Sizes.show(values) + " values; expected " + Integer.MAX_VALUE + " or fewer");
        }
    }

    private static void checkCount(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(what + ": " + count + "; expected 1 or more");
        }
    }

    private static void checkGroups(int groups, int channels, String whose) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(
                    "groups: " + groups + "; expected a divisor of the " + channels + " " + whose + " channels");
        }
    }

    /** Filters over every pixel, without padding, dilation or groups. */
    public static Conv2dShape of(int inputChannels, int outputChannels, int kernelHeight, int kernelWidth) {
        final Padding none = new Padding.Explicit(0, 0, 0, 0);
        return new Conv2dShape(inputChannels, outputChannels, kernelHeight, kernelWidth, 1, 1, 1, 1, none, 1);
    }

    /** A filter over each channel, over every pixel, without padding or dilation. */
    public static Conv2dShape depthwise(int channels, int kernelHeight, int kernelWidth) {
        return depthwise(channels, 1, kernelHeight, kernelWidth);
    }

    /**
     * The same with several filters over each channel.
     *
     * @param multiplier how many: outputs have as many channels for each that is read, side by side; 1 or more
     */
    public static Conv2dShape depthwise(int channels, int multiplier, int kernelHeight, int kernelWidth) {
        checkCount("multiplier", multiplier);
        final long outputs = Sizes.times(Math.max(0, channels), multiplier);
        if (outputs > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("channels x multiplier: " + channels + " x " + multiplier + " are "
                    + outputs + "; expected " + Integer.MAX_VALUE + " or fewer");
        }
        return of(channels, (int) outputs, kernelHeight, kernelWidth).groups(channels);
    }

    /** This shape with outputs so many rows and columns of the input apart. */
    public Conv2dShape stride(int height, int width) {
        return new Conv2dShape(
                inputChannels,
                outputChannels,
                kernelHeight,
                kernelWidth,
                height,
                width,
                dilationHeight,
                dilationWidth,
                padding,
                groups);
    }

    /** This shape with values of a filter so many rows and columns apart. */
    public Conv2dShape dilation(int height, int width) {
        return new Conv2dShape(
                inputChannels,
                outputChannels,
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                height,
                width,
                padding,
                groups);
    }

    /** This shape with so many rows and columns around an image, 0 or more each. */
    public Conv2dShape padding(int top, int left, int bottom, int right) {
        return padding(new Padding.Explicit(top, left, bottom, right));
    }

    /** This shape with as much padding as {@link Padding.Same} says: outputs are {@code ceil(input / stride)} a side. */
    public Conv2dShape samePadding() {
        return padding(new Padding.Same());
    }

    private Conv2dShape padding(Padding newPadding) {
        return new Conv2dShape(
                inputChannels,
                outputChannels,
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                dilationHeight,
                dilationWidth,
                newPadding,
                groups);
    }

    /** This shape with channels in so many groups, which divide the channels of input and of output. */
    public Conv2dShape groups(int count) {
        return new Conv2dShape(
                inputChannels,
                outputChannels,
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                dilationHeight,
                dilationWidth,
                padding,
                count);
    }

    /** Values of a filter, which are the length of a sum: {@code kernelHeight * kernelWidth * (inputChannels / groups)}. */
    public int k() {
        return kernelHeight * kernelWidth * (inputChannels / groups);
    }

    /**
     * Rows of the output.
     *
     * @param inputHeight rows of the input, 0 or more
     * @throws IllegalArgumentException if the kernel spans more rows than that with the padding that is said, so that there would
     *     be no output; or if the output had more rows than an int counts
     */
    public int outputHeight(int inputHeight) {
        return switch (padding) {
            case Padding.Explicit given -> vertical().outputs(inputHeight, (long) given.top() + given.bottom());
            case Padding.Same _ -> vertical().outputsOfSame(inputHeight);
        };
    }

    /**
     * Columns of the output.
     *
     * @param inputWidth columns of the input, 0 or more
     * @throws IllegalArgumentException as of rows
     */
    public int outputWidth(int inputWidth) {
        return switch (padding) {
            case Padding.Explicit given -> horizontal().outputs(inputWidth, (long) given.left() + given.right());
            case Padding.Same _ -> horizontal().outputsOfSame(inputWidth);
        };
    }

    /** Rows of padding above an image of so many rows. */
    public long paddingTop(int inputHeight) {
        return switch (padding) {
            case Padding.Explicit given -> given.top();
            case Padding.Same _ -> vertical().beforeSame(inputHeight);
        };
    }

    /** Columns of padding before an image of so many columns. */
    public long paddingLeft(int inputWidth) {
        return switch (padding) {
            case Padding.Explicit given -> given.left();
            case Padding.Same _ -> horizontal().beforeSame(inputWidth);
        };
    }

    /** Rows of an image from the first that the kernel reads to its last, both included. */
    public long spanHeight() {
        return vertical().span();
    }

    /** Columns likewise. */
    public long spanWidth() {
        return horizontal().span();
    }

    private KernelAxis vertical() {
        return new KernelAxis("inputHeight", kernelHeight, strideHeight, dilationHeight);
    }

    private KernelAxis horizontal() {
        return new KernelAxis("inputWidth", kernelWidth, strideWidth, dilationWidth);
    }

    /**
     * Fails unless there is a group for each channel that is read.
     *
     * @throws IllegalArgumentException if there is none for some of them
     */
    public void requireDepthwise() {
        if (groups != inputChannels) {
            throw new IllegalArgumentException("shape: " + groups + " groups of " + inputChannels
                    + " input channels; a depthwise convolution has a group for each: Conv2dShape.depthwise");
        }
    }

    /** Whether each output is of the pixel at its own place alone, so that the pixels are the left operand of a product. */
    public boolean isPointwise() {
        return kernelHeight == 1 && kernelWidth == 1 && strideHeight == 1 && strideWidth == 1 && !pads();
    }

    /** Whether a kernel of one pixel would read padding. */
    private boolean pads() {
        return switch (padding) {
            case Padding.Explicit(int top, int left, int bottom, int right) -> (top | left | bottom | right) != 0;
            case Padding.Same _ -> false;
        };
    }
}
