package dev.tilesmith.bench.work;

import java.util.Arrays;

/** An operation that several implementations offer, seen from its user: what goes in and what comes out. */
public enum Operation {
    /** f32 activations by f32 weights to f32. */
    F32_MATMUL("matmul", "f32_f32_f32", 1e-4);

    private final String op;
    private final String format;
    private final double tolerance;

    Operation(String op, String format, double tolerance) {
        this.op = op;
        this.format = format;
        this.tolerance = tolerance;
    }

    /** The kind of operation, as reports name it. */
    public String op() {
        return op;
    }

    /** Formats of result, left and right operand, as reports name them. */
    public String format() {
        return format;
    }

    /** How far a result may be from the exact one, relative to the largest result. */
    public double tolerance() {
        return tolerance;
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
