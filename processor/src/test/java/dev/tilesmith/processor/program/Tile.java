package dev.tilesmith.processor.program;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The operands of one tile, and the result that the interpreter stores: what is the same for all programs, given the
 * values of a lane.
 *
 * @param <R> a row as the program takes it
 */
abstract class Tile<R> implements Interpreter.Operands {
    final Program program;
    final int k;
    final List<R> rows;

    /** Bits of mr × nr results. */
    final int[] result;

    private final int kr;
    private final int step;

    /**
     * A tile of {@code rows} of {@code k} values.
     *
     * @param kr values along K of one multiplication; where it is 8, vectors are of two rows, and of two columns
     * @param step values along K of a step of the program
     */
    Tile(Program program, int k, int kr, int step, List<R> rows) {
        this.program = program;
        this.k = k;
        this.kr = kr;
        this.step = step;
        this.rows = rows;
        this.result = new int[program.mr() * program.nr()];
    }

    /** What a lane has of a row from the value {@code from} on, four bytes at most. */
    abstract int lhs(R row, int from);

    /** What a lane has of a column from the weight {@code from} on. */
    abstract int rhs(int column, int from);

    /** What else a program loads. */
    abstract int[] other(Cell cell, int step);

    /** Compares the result with that of the reference. */
    abstract void assertResult();

    /** Runs the program over all of K at once. */
    final void check() {
        check(1, Math.ceilDiv(k, step));
    }

    /** Runs the program over blocks of {@code length} values along K. */
    final void checkBlocks(int length) {
        check(k / length, length / step);
    }

    private void check(int blocks, int steps) {
        new Interpreter(program, this).run(blocks, steps);
        assertResult();
    }

    @Override
    public final int[] load(Cell cell, int at) {
        final int from = at * step;
        return switch (cell.operand()) {
            case LHS -> ofRows(cell.row(), from);
            case LHS_NEXT -> ofRows(cell.row(), from + kr);
            case LHS_THIRD -> ofRows(cell.row(), from + 2 * kr);
            case LHS_FOURTH -> ofRows(cell.row(), from + 3 * kr);
            case LHS_ROWS -> ofColumns(cell, row -> lhs(rows.get(row), from));
            case RHS -> isOfPairs() ? pairs(cell.vector() * 2, from, this::rhs) : ofColumns(cell, j -> rhs(j, from));
            default -> other(cell, at);
        };
    }

    @Override
    public final void store(Cell cell, int[] lanes) {
        System.arraycopy(lanes, 0, result, cell.row() * program.nr() + cell.vector() * program.lanes(), lanes.length);
    }

    /** Values of one row, or of two, the second of which may be anything where there is none. */
    private int[] ofRows(int row, int from) {
        return isOfPairs()
                ? pairs(row, from, (i, p) -> lhs(rows.get(Math.min(i, rows.size() - 1)), p))
                : new int[] {lhs(rows.get(row), from)};
    }

    private boolean isOfPairs() {
        return kr == 8;
    }

    /** Eight bytes of each of two rows or columns. */
    private int[] pairs(int first, int from, FourBytes bytes) {
        return lanes(lane -> bytes.at(first + lane / 2, from + lane % 2 * 4));
    }

    /** Four bytes of a row or column. */
    private interface FourBytes {
        int at(int index, int from);
    }

    /** A value for each column of the cell's vector, or for each row, where a vector is of rows. */
    final int[] ofColumns(Cell cell, IntUnaryOperator column) {
        return lanes(lane -> column.applyAsInt(cell.vector() * program.lanes() + lane));
    }

    private int[] lanes(IntUnaryOperator lane) {
        return IntStream.range(0, program.lanes()).map(lane).toArray();
    }

    /** Values of {@code bits} bits, the first of them lowest. */
    static int joined(int count, int bits, IntUnaryOperator value) {
        return IntStream.range(0, count)
                .map(i -> (value.applyAsInt(i) & (-1 >>> (Integer.SIZE - bits))) << (i * bits))
                .reduce(0, (a, b) -> a | b);
    }

    /** The program loads what none of its kind does. */
    static IllegalArgumentException unexpected(Cell cell) {
        return new IllegalArgumentException("no program of this kind loads " + cell);
    }
}
