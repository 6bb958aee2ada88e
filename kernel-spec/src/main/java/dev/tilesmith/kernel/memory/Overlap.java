package dev.tilesmith.kernel.memory;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import java.lang.foreign.MemorySegment;

/**
 * Whether a result would be written over an operand that is still to be read. Rows between which results lie share nothing
 * with them. What the system maps twice, at two addresses, is two pieces of memory here.
 */
@SuppressWarnings("ReferenceEquality") // whether two views share one array is what is asked
public final class Overlap {
    private Overlap() {}

    /** Fails if {@code dst} shares memory with {@code lhs} or the packed weights. */
    public static void check(OperandNames names, Matrix lhs, PackedRhs rhs, Matrix dst) {
        switch (dst) {
            case Matrix.Segment to -> {
                final Stripes results = stripes(to);
                if (lhs instanceof Matrix.Segment from && stripes(from).meet(results)) {
                    throw new IllegalArgumentException("dst: overlaps " + names.lhs() + "; expected memory of its own");
                }
                if (stripes(rhs.data()).meet(results)) {
                    throw new IllegalArgumentException(
                            "dst: overlaps " + names.packed() + "; expected memory of its own");
                }
            }
            case Matrix.Floats to ->
                checkArray(names, lhs instanceof Matrix.Floats from && from.data() == to.data(), lhs, to);
            case Matrix.Bytes to ->
                checkArray(names, lhs instanceof Matrix.Bytes from && from.data() == to.data(), lhs, to);
            case Matrix.Shorts to ->
                checkArray(names, lhs instanceof Matrix.Shorts from && from.data() == to.data(), lhs, to);
            case Matrix.Ints to ->
                checkArray(names, lhs instanceof Matrix.Ints from && from.data() == to.data(), lhs, to);
        }
    }

    /** Fails if panels that an arena gave share memory with the weights to be packed into them. */
    public static void check(Matrix weights, MemorySegment panels) {
        if (weights instanceof Matrix.Segment from && stripes(from).meet(stripes(panels))) {
            throw new IllegalArgumentException(
                    "arena: gave memory that overlaps the weights; expected memory of its own");
        }
    }

    private static void checkArray(OperandNames names, boolean sameArray, Matrix lhs, Matrix dst) {
        if (sameArray && stripes(lhs, 0, 1).meet(stripes(dst, 0, 1))) {
            throw new IllegalArgumentException(
                    "dst: overlaps " + names.lhs() + " in one array; expected elements of its own");
        }
    }

    private static Stripes stripes(MemorySegment panels) {
        return new Stripes(panels.address(), 1, panels.byteSize(), 0);
    }

    private static Stripes stripes(Matrix.Segment matrix) {
        return stripes(matrix, matrix.data().address(), matrix.elementBytes());
    }

    /** The rows of a matrix, from where its storage is. */
    private static Stripes stripes(Matrix matrix, long storage, int elementBytes) {
        return new Stripes(
                storage + matrix.offset() * elementBytes,
                matrix.rows(),
                (long) matrix.columns() * elementBytes,
                matrix.rowStride() * elementBytes);
    }
}
