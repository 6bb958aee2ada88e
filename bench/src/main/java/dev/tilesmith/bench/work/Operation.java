package dev.tilesmith.bench.work;

import java.util.Arrays;

/** An operation that several implementations offer, seen from its user: what goes in and what comes out. */
public enum Operation {
    /** f32 activations by f32 weights to f32. */
    F32_MATMUL("matmul", "f32_f32_f32", 1e-4, Float.BYTES),
    /**
     * f32 activations, quantized to int8 as they come, by int8 weights with a scale for each output channel, to f32. The
     * tolerance is for the rounding of activations to 255 steps, on any number of rows alike.
     */
    INT8_MATMUL("matmul", "qai8dx_qsi8cx_f32", 2e-2, Byte.BYTES);

    private final String op;
    private final String format;
    private final double tolerance;
    private final int weightBytes;

    Operation(String op, String format, double tolerance, int weightBytes) {
        this.op = op;
        this.format = format;
        this.tolerance = tolerance;
        this.weightBytes = weightBytes;
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

    /** Bytes of one weight. */
    public int weightBytes() {
        return weightBytes;
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
