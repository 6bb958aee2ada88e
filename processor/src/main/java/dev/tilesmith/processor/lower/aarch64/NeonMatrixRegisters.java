package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Program;

/**
 * What the vector registers hold in a tile of products of two rows and two columns: sums, then totals where blocks have
 * scales, what makes floats of sums, constants that the weights want, and a vector of each pair of rows.
 * The rest take turns at the weights.
 *
 * <p>Totals of two rows lie as the sums do. A single row has one vector of totals for four columns.
 */
final class NeonMatrixRegisters {
    private final Program program;
    private final int groups;
    private final int pairs;
    private final boolean oneRow;
    private final int totals;
    private final int lhs;

    /**
     * The registers of a tile.
     *
     * @param oneRow whether totals are those of one row
     */
    NeonMatrixRegisters(Program program, NeonRows rows, NeonMatrixWeights weights, boolean oneRow) {
        this.program = program;
        this.groups = rows.groups();
        this.pairs = weights.pairs();
        this.oneRow = oneRow;
        final int ofTotals = oneRow ? program.vectors() : groups * pairs;
        this.totals = program.contraction().hasTotals() ? ofTotals : 0;
        this.lhs = constants() + weights.constants();
        final int turns = program.contraction().hasTotals() ? 3 : 2;
        NeonRegisters.requireRoom(program, lhs + groups + turns, groups);
    }

    /** The sums of a pair of rows and a pair of columns. */
    V sum(int group, int pair) {
        return V.s4(group * pairs + pair);
    }

    /** The totals of a pair of rows and a pair of columns. */
    V total(int group, int pair) {
        return V.s4(groups * pairs + sum(group, pair).index());
    }

    /** The totals of one row and four columns. */
    V total(int vector) {
        return V.s4(groups * pairs + vector);
    }

    /** A row of the result, after pairs of rows have been parted. */
    V result(int row, int vector) {
        if (oneRow) {
            return total(vector);
        }
        final int pair = 2 * vector + row % 2;
        return program.contraction().hasTotals() ? total(row / 2, pair) : sum(row / 2, pair);
    }

    /** Registers that sums and totals take. */
    private int results() {
        return groups * pairs + totals;
    }

    /** Registers that hold no result, once there are no more blocks. */
    V scratch(int index) {
        return NeonRegisters.scratch(results() + index);
    }

    /** What is taken off the bits of a sum to make it a float. */
    V origin() {
        return V.s4(results());
    }

    /** The first register of the constants. */
    int constants() {
        return results() + (program.contraction().hasTotals() ? 1 : 0);
    }

    /** Of the rows of a group. */
    int lhs(int group) {
        return lhs + group;
    }

    /** A register for weights, or for scales: as many as are left take turns, three at least where there are scales. */
    int free(int turn) {
        final int first = lhs(groups);
        return first + turn % (NeonRegisters.VECTORS - first);
    }
}
