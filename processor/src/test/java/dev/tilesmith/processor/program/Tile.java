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

    private final int step;

    /** A tile of {@code rows} of {@code k} values. */
    Tile(Program program, int k, List<R> rows) {
        this.program = program;
        this.k = k;
        this.step = program.contraction().stepValues();
        this.rows = rows;
        this.result = new int[program.mr() * program.nr()];
    }

    /** What 32 bits have of a row from the value {@code from} on, four bytes at most. */
    abstract int lhs(R row, int from);

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
    public final int lhs(int row, int from) {
        return lhs(rows.get(row), from);
    }

    @Override
    public int beginning(int row, int block) {
        throw new IllegalArgumentException("no program of this kind begins with what rows have");
    }

    @Override
    public final void store(int row, int column, int bits) {
        result[row * program.nr() + column] = bits;
    }

    /** Whether the program has such an operation. */
    final boolean has(Class<? extends Op> kind) {
        return program.epilogue().ops().stream().anyMatch(kind::isInstance);
    }

    /** Whether rows are multiplied as floats. */
    final boolean floats() {
        return program.contraction().lhs() == Element.F32;
    }

    /** Values of a row that 32 bits hold. */
    final int perWord() {
        return program.contraction().lhs().perWord();
    }

    /** Whether a byte of weights has values that are multiplied at once, in whose order those of rows are. */
    final boolean interleaved() {
        return program.contraction().rhs().order() == Decoding.Order.ALL_AT_ONCE;
    }

    /** Bytes of a column that lie together. */
    final int together() {
        return program.contraction().bytesTogether();
    }

    /** Values of {@code bits} bits, the first of them lowest. */
    static int joined(int count, int bits, IntUnaryOperator value) {
        return IntStream.range(0, count)
                .map(i -> (value.applyAsInt(i) & (-1 >>> (Integer.SIZE - bits))) << (i * bits))
                .reduce(0, (a, b) -> a | b);
    }

    /** The program loads what none of its kind does. */
    static IllegalArgumentException unexpected(Enum<?> part) {
        return new IllegalArgumentException("no program of this kind loads " + part);
    }
}
