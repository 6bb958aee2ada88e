package dev.tilesmith.spec;

/**
 * A function that is applied to each result of a kernel in f32: to {@code x}, the product with its bias, before the bounds of a
 * call. Each is a formula of few operations in binary32, every one of which rounds once; {@code
 * dev.tilesmith.reference.ActivationReference} defines it, and every target gives its bits. NaN gives NaN.
 */
public enum Activation {
    /** The result itself. */
    NONE("x"),

    /** {@code max(x, 0)}, exactly, as {@link Math#max(float, float)} has it: -0 gives 0. */
    RELU("max(x, 0)"),

    /** {@code min(max(x, 0), 6)}, exactly: -0 gives 0. */
    RELU6("min(max(x, 0), 6)"),

    /**
     * Hard swish, {@code x * min(max(x + 3, 0), 6) / 6}, as PyTorch, TFLite and ONNX have it. From 3 on it gives x, infinity too, and
     * -0 up to -3, negative infinity too; -0 gives -0.
     */
    HARD_SWISH("x * min(max(x + 3, 0), 6) / 6"),

    /** SiLU, or swish, {@code x / (1 + exp(-x))}, within 3.4 units in the last place; of both zeros 0, of negative infinity -0. */
    SILU("x / (1 + exp(-x))"),

    /**
     * GELU, {@code x * Φ(x)} with the distribution function of the normal distribution, that is by {@code erf}, within 8.3 units in the
     * last place; of both zeros 0, of negative infinity -0.
     */
    GELU("x * (1 + erf(x / sqrt(2))) / 2"),

    /**
     * GELU as it is approximated by tanh, {@code x * (1 + tanh(sqrt(2/π) * (x + 0.044715 * x^3))) / 2}, within 3.1
     * units in the last place from -1 on, and 220 below; of both zeros 0, of negative infinity -0.
     */
    GELU_TANH("x * (1 + tanh(sqrt(2/pi) * (x + 0.044715 * x^3))) / 2");

    private final String formula;

    Activation(String formula) {
        this.formula = formula;
    }

    /** What it gives for {@code x}, for people to read. */
    public String formula() {
        return formula;
    }
}
