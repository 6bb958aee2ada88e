package dev.tilesmith.runtime;

/** What lies around an image while a kernel goes over it: pixels that stand for 0 in all channels. */
public sealed interface Padding {
    /**
     * So many rows and columns of pixels.
     *
     * @param top rows above the image
     * @param left columns before it
     * @param bottom rows below it
     * @param right columns after it
     */
    record Explicit(int top, int left, int bottom, int right) implements Padding {
        /** Checks that no side takes from the image. */
        public Explicit {
            check("top", top);
            check("left", left);
            check("bottom", bottom);
            check("right", right);
        }

        private static void check(String side, int pixels) {
            if (pixels < 0) {
                throw new IllegalArgumentException("padding " + side + ": " + pixels + "; expected 0 or more");
            }
        }
    }

    /**
     * As many as it takes for an output of {@code ceil(input / stride)} pixels a side, half of them on each side, and the odd one
     * below and to the right: TensorFlow's {@code SAME}, ONNX's {@code SAME_UPPER}.
     */
    record Same() implements Padding {}
}
