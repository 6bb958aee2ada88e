package dev.tilesmith.conformance;

import dev.tilesmith.reference.HalfReference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A format of f32 results whose kernels round them to 16 bits: all else is as without it.
 *
 * @param format the format
 * @param halves what results are rounded to
 * @param tables tables of kernels that round them
 */
record RoundedFormat(FormatUnderTest format, Halves halves, List<DispatchTable<? extends MatMulKernel>> tables)
        implements FormatLike {
    /** Bounds that are rounded away from zero in binary16, and toward it in BF16. */
    private static final Bounds BETWEEN_HALVES = new Bounds(-1.0006f, 1.0006f);

    RoundedFormat(FormatUnderTest format, Halves halves, DispatchTable<? extends MatMulKernel> table) {
        this(format, halves, List.of(table));
    }

    /** Results are rounded after it. */
    @Override
    public Optional<FormatUnderTest> sameCode() {
        return format.sameCode().or(() -> format.tables().isEmpty() ? Optional.empty() : Optional.of(format));
    }

    @Override
    public Element dstElement() {
        return Element.HALF;
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        final int[] bits = format.multiply(lhs, weights, bounds);
        final float[] results = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            results[i] = Float.intBitsToFloat(bits[i]);
        }
        return Element.bits(HalfReference.rounded(results, halves));
    }

    @Override
    public List<Bounds> bounds() {
        return format.bounds().isEmpty()
                ? List.of()
                : Stream.concat(format.bounds().stream(), Stream.of(BETWEEN_HALVES))
                        .toList();
    }

    @Override
    public String toString() {
        return format + " to " + halves;
    }
}
