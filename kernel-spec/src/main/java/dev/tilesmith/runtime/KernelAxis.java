package dev.tilesmith.runtime;

/**
 * How the kernel of a convolution goes along one side of an image. Sizes of sides are ints; what is made of them is computed in
 * longs, which have room for it.
 *
 * @param input what the side is called in messages
 * @param kernel values of the kernel along it
 * @param stride pixels from one output to the next
 * @param dilation pixels from one value of the kernel to the next
 */
record KernelAxis(String input, int kernel, int stride, int dilation) {
    /** Pixels from the first that the kernel reads to its last, both included. */
    long span() {
        return (kernel - 1L) * dilation + 1;
    }

    /**
     * Outputs of a side with padding.
     *
     * @param padding pixels before it and after it
     * @throws IllegalArgumentException if the kernel is longer than that, or there are more than an int counts
     */
    int outputs(int size, long padding) {
        check(size);
        if (size + padding < span()) {
            throw new IllegalArgumentException(input + ": " + size + "; the kernel spans " + span()
                    + ", and padding adds " + padding + ": expected " + (span() - padding) + " or more");
        }
        final long outputs = (size + padding - span()) / stride + 1;
        if (outputs > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(input + ": " + size + "; padding adds " + padding + ", which makes "
                    + outputs + " outputs: expected " + Integer.MAX_VALUE + " or fewer");
        }
        return (int) outputs;
    }

    /** Outputs of a side that is padded as {@link Padding.Same} says. */
    int outputsOfSame(int size) {
        check(size);
        return Math.ceilDiv(size, stride);
    }

    /** Pixels before a side that is padded so: half of all there are, rounded down. */
    long beforeSame(int size) {
        return Math.max(0, (outputsOfSame(size) - 1L) * stride + span() - size) / 2;
    }

    private void check(int size) {
        if (size < 0) {
            throw new IllegalArgumentException(input + ": " + size + "; expected 0 or more");
        }
    }
}
