package dev.tilesmith.bench.work;

import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.sweep.operand.BeyondCaches;
import java.util.Arrays;

/** An operation that several implementations offer, seen from its user: what goes in and what comes out. */
public enum Operation {
    /** f32 activations by f32 weights to f32. */
    F32_MATMUL("matmul", "f32_f32_f32", 1e-4, Float.BYTES),
    /**
     * f32 activations, quantized to int8 as they come, by int8 weights with a scale for each output channel, to f32. The
     * tolerance is for the rounding of activations to 255 steps, on any number of rows alike.
     */
    INT8_MATMUL("matmul", "qai8dx_qsi8cx_f32", 2e-2, Byte.BYTES),
    /**
     * The same with activations and results that are int8 already, by scales known beforehand. The tolerance is for the
     * rounding of results to some 240 steps.
     */
    STATIC_INT8_MATMUL("matmul", "qai8_qsi8cx_qai8", 1e-2, Byte.BYTES),
    /**
     * The dynamic one by int4 weights with a scale in BF16 for each 32 values along K. The exact result is that of what the
     * weights stand for, so the tolerance is for the activations here too.
     */
    INT4_MATMUL("matmul", "qai8dx_qsi4c32_f32", 2e-2, 0.5 + (double) Short.BYTES / BlockWeights.LENGTH),
    /** The same by ggml's Q8_0: int8 weights with a scale in F16 for each 32, activations quantized in such blocks too. */
    Q8_0_MATMUL("matmul", "qsi8d32_qsi8d32_f32", 2e-2, ggml(BlockLayout.Q8_0)),
    /** The same by ggml's Q4_0: int4 weights with a scale in F16 for each 32. */
    Q4_0_MATMUL("matmul", "qsi8d32_qsi4c32_f32", 2e-2, ggml(BlockLayout.Q4_0)),
    /** The same by ggml's Q4_1: int4 weights with a scale and a minimum in F16 for each 32. */
    Q4_1_MATMUL("matmul", "qsi8d32_qai4c32_f32", 2e-2, ggml(BlockLayout.Q4_1)),
    /** f32 activations by weights in F16. The tolerance lets an implementation round activations to F16 too. */
    F16_MATMUL("matmul", "f32_f16_f32", 1e-3, Short.BYTES),
    /** f32 activations by weights in BF16. The tolerance lets an implementation round activations to BF16 too. */
    BF16_MATMUL("matmul", "f32_bf16_f32", 1e-2, Short.BYTES),
    /** Activations in F16 by weights in F16, to f32. Products are exact in f32, in which implementations may add them in any order. */
    F16_ROWS_MATMUL("matmul", "f16_f16_f32", 1e-4, Short.BYTES),
    /** Activations in BF16 by weights in BF16, to f32, likewise. */
    BF16_ROWS_MATMUL("matmul", "bf16_bf16_f32", 1e-4, Short.BYTES);

    private final String op;
    private final String format;
    private final double tolerance;
    private final double weightBytes;

    Operation(String op, String format, double tolerance, double weightBytes) {
        this.op = op;
        this.format = format;
        this.tolerance = tolerance;
        this.weightBytes = weightBytes;
    }

    private static double ggml(BlockLayout layout) {
        return (double) layout.bytes() / BlockLayout.LENGTH;
    }

    /** The kind of operation, as reports name it. */
    public String op() {
        return op;
    }

    /** Formats of the operands and the result, as reports name them. */
    public String format() {
        return format;
    }

    /** How far a result may be from the exact one, relative to the largest result. */
    public double tolerance() {
        return tolerance;
    }

    /** Bytes of one weight, with its share of the scale where blocks have scales. */
    public double weightBytes() {
        return weightBytes;
    }

    /** Bytes of the weights of a product, with the scales of blocks. */
    public double weightBytes(Shape shape) {
        return weightBytes * shape.n() * shape.k();
    }

    /** Whether there is such a product: blocks of weights must divide K. */
    public boolean isDefinedFor(Shape shape) {
        return switch (this) {
            case F32_MATMUL,
                    INT8_MATMUL,
                    STATIC_INT8_MATMUL,
                    F16_MATMUL,
                    BF16_MATMUL,
                    F16_ROWS_MATMUL,
                    BF16_ROWS_MATMUL -> true;
            case INT4_MATMUL, Q8_0_MATMUL, Q4_0_MATMUL, Q4_1_MATMUL -> shape.k() % BlockWeights.LENGTH == 0;
        };
    }

    /**
     * How many copies of the weights take turns: one, or where weights are to come from memory two or more, which take as much as the
     * measurement of the read bandwidth goes over.
     */
    public int copies(Shape shape) {
        if (!shape.cold()) {
            return 1;
        }
        return (int) Math.max(2, Math.ceil(BeyondCaches.bytes() / weightBytes(shape)));
    }

    /** The operation of this format. */
    public static Operation ofFormat(String format) {
        return Arrays.stream(values())
                .filter(operation -> operation.format.equals(format))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("format: '" + format + "'; expected one of "
                        + Arrays.stream(values()).map(Operation::format).toList()));
    }
}
