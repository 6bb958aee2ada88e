package dev.tilesmith.kernel.memory;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.MatrixBatch;
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
        check(names.lhs(), lhs, dst);
        if (dst instanceof Matrix.Segment to && stripes(rhs.data()).meet(stripes(to))) {
            throw new IllegalArgumentException("dst: overlaps " + names.packed() + "; expected memory of its own");
        }
    }

    /**
     * Fails if {@code dst} shares memory with an operand.
     *
     * @param what its name
     */
    public static void check(String what, Matrix operand, Matrix dst) {
        if (share(operand, dst) && stripes(operand).meet(stripes(dst))) {
            throw new IllegalArgumentException("dst: overlaps " + what
                    + (dst instanceof Matrix.Segment
                            ? "; expected memory of its own"
                            : " in one array; expected elements of its own"));
        }
    }

    /** The same of every matrix of one batch with every one of another; one by one only where their ranges meet. */
    public static void check(String what, MatrixBatch operand, MatrixBatch dst) {
        if (!share(operand.first(), dst.first()) || !range(operand).meet(range(dst))) {
            return;
        }
        for (final long to : dst.offsets()) {
            for (final long from : operand.offsets()) {
                check(what, operand.storedAt(from), dst.storedAt(to));
            }
        }
    }

    /** Whether two matrices are in one storage: all that is outside the heap is one. */
    private static boolean share(Matrix operand, Matrix dst) {
        return switch (dst) {
            case Matrix.Segment _ -> operand instanceof Matrix.Segment;
            case Matrix.Floats to -> operand instanceof Matrix.Floats from && from.data() == to.data();
            case Matrix.Bytes to -> operand instanceof Matrix.Bytes from && from.data() == to.data();
            case Matrix.Shorts to -> operand instanceof Matrix.Shorts from && from.data() == to.data();
            case Matrix.Ints to -> operand instanceof Matrix.Ints from && from.data() == to.data();
        };
    }

    /** Fails if panels that an arena gave share memory with the weights to be packed into them. */
    public static void check(Matrix weights, MemorySegment panels) {
        if (weights instanceof Matrix.Segment from && stripes(from).meet(stripes(panels))) {
            throw new IllegalArgumentException(
                    "arena: gave memory that overlaps the weights; expected memory of its own");
        }
    }

    private static Stripes stripes(MemorySegment panels) {
        return new Stripes(panels.address(), 1, panels.byteSize(), 0);
    }

    /** From the start of the first matrix to the end of the last. */
    private static Stripes range(MatrixBatch batch) {
        final Stripes first = stripes(batch.first());
        final Stripes last = stripes(batch.storedAt(batch.lastOffset()));
        return new Stripes(first.start(), 1, last.start() + last.extent() - first.start(), 0);
    }

    private static Stripes stripes(Matrix matrix) {
        return switch (matrix) {
            case Matrix.Segment segment -> stripes(segment, segment.data().address(), segment.elementBytes());
            case Matrix.Floats _, Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> stripes(matrix, 0, 1);
        };
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
