package dev.tilesmith.sample.rows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernel of both products of attention: a tile of {@value #ROWS} rows by the two vectors of columns of a panel
 * {@code [k][COLUMNS]}, each result one chain of fused multiply-adds over ascending k, from +0.
 *
 * <p>Eight sums hide the latency of a multiply-add, and with the panel's vectors fit 16 registers. As one vector of eight
 * rows they would take nine loads for eight multiply-adds, as they are it is six. Sums are local variables, one by one,
 * for the JIT keeps vectors in registers nowhere else.
 */
final class PanelTile {
    /** Rows of a tile. */
    static final int ROWS = 4;

    private static final VectorSpecies<Float> S = VectorMath.SPECIES;
    private static final long VECTOR_BYTES = (long) S.length() * Float.BYTES;

    /** Columns of a tile and of a panel: two vectors, at most 32. */
    static final int COLUMNS = 2 * S.length();

    /** Bytes from one row of a panel, or of results, to the next. */
    static final long ROW_BYTES = 2 * VECTOR_BYTES;

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private PanelTile() {}

    /**
     * Computes a tile. Places are in bytes.
     *
     * @param lhs values of the rows
     * @param row0 where the first row begins
     * @param row1 where the second begins
     * @param row2 where the third begins
     * @param row3 where the fourth begins
     * @param step from one value of a row to the next
     * @param panels panels of columns
     * @param panel where the panel begins
     * @param k number of values of a row
     * @param results {@code [ROWS][COLUMNS]}
     * @param to where they begin
     */
    static void multiply(
            MemorySegment lhs,
            long row0,
            long row1,
            long row2,
            long row3,
            long step,
            MemorySegment panels,
            long panel,
            int k,
            MemorySegment results,
            long to) {
        FloatVector sum00 = FloatVector.zero(S);
        FloatVector sum01 = sum00;
        FloatVector sum10 = sum00;
        FloatVector sum11 = sum00;
        FloatVector sum20 = sum00;
        FloatVector sum21 = sum00;
        FloatVector sum30 = sum00;
        FloatVector sum31 = sum00;
        for (int p = 0; p < k; p++) {
            final FloatVector rhs0 = FloatVector.fromMemorySegment(S, panels, panel + p * ROW_BYTES, ORDER);
            final FloatVector rhs1 =
                    FloatVector.fromMemorySegment(S, panels, panel + p * ROW_BYTES + VECTOR_BYTES, ORDER);
            final FloatVector lhs0 = broadcast(lhs, row0 + p * step);
            sum00 = lhs0.fma(rhs0, sum00);
            sum01 = lhs0.fma(rhs1, sum01);
            final FloatVector lhs1 = broadcast(lhs, row1 + p * step);
            sum10 = lhs1.fma(rhs0, sum10);
            sum11 = lhs1.fma(rhs1, sum11);
            final FloatVector lhs2 = broadcast(lhs, row2 + p * step);
            sum20 = lhs2.fma(rhs0, sum20);
            sum21 = lhs2.fma(rhs1, sum21);
            final FloatVector lhs3 = broadcast(lhs, row3 + p * step);
            sum30 = lhs3.fma(rhs0, sum30);
            sum31 = lhs3.fma(rhs1, sum31);
        }
        store(sum00, sum01, results, to);
        store(sum10, sum11, results, to + ROW_BYTES);
        store(sum20, sum21, results, to + 2 * ROW_BYTES);
        store(sum30, sum31, results, to + 3 * ROW_BYTES);
    }

    private static FloatVector broadcast(MemorySegment from, long at) {
        return FloatVector.broadcast(S, from.get(FLOAT, at));
    }

    private static void store(FloatVector first, FloatVector second, MemorySegment to, long at) {
        first.intoMemorySegment(to, at, ORDER);
        second.intoMemorySegment(to, at + VECTOR_BYTES, ORDER);
    }
}
