package dev.tilesmith.processor.program;

/**
 * What a declaration has done with every result in f32, in this order.
 *
 * @param bias whether a bias is added
 * @param curve what is applied
 * @param clamp whether a call may bound results
 */
public record Finish(boolean bias, Curve curve, boolean clamp) {
    /** Bias and bounds alone. */
    public Finish(boolean bias, boolean clamp) {
        this(bias, Curve.IDENTITY, clamp);
    }
}
