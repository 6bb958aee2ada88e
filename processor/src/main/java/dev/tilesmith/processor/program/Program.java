package dev.tilesmith.processor.program;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One micro-kernel: {@code step} for each kr values along K, then {@code join} once, then {@code finish} once for each
 * row. Where weights have blocks along K, {@code begin} comes before the steps of each, and {@code end} after them.
 *
 * <p>The accumulators are zero before the first step, or go on from where an earlier part of K left them; {@code begin}
 * sets them anew. What {@code end} makes of them is added up in {@link #total}, which is zero before the first block. In {@code
 * finish}, {@link #rowSum} names the accumulators of the row at hand, and a cell's row is that row.
 *
 * @param mr rows of the tile
 * @param vectors vectors of columns of the tile
 * @param lanes 32-bit lanes of a vector
 * @param sumType what the accumulators hold
 * @param begin operations before the first step of a block
 * @param step operations of one step along K
 * @param end operations after the last step of a block; none where the accumulators themselves are the sums
 * @param join operations that make the sums of the rows of accumulators that hold several rows each; none where every
 *     row has accumulators of its own
 * @param finish operations that make one row of the result of its accumulators
 */
public record Program(
        int mr,
        int vectors,
        int lanes,
        LaneType sumType,
        List<Op> begin,
        List<Op> step,
        List<Op> end,
        List<Op> join,
        List<Op> finish) {
    /** Makes the lists immutable. */
    public Program {
        begin = List.copyOf(begin);
        end = List.copyOf(end);
        step = List.copyOf(step);
        join = List.copyOf(join);
        finish = List.copyOf(finish);
    }

    /** A micro-kernel for weights without blocks. */
    public Program(int mr, int vectors, int lanes, LaneType sumType, List<Op> step, List<Op> join, List<Op> finish) {
        this(mr, vectors, lanes, sumType, List.of(), step, List.of(), join, finish);
    }

    /** A micro-kernel whose rows have accumulators of their own. */
    public Program(int mr, int vectors, int lanes, LaneType sumType, List<Op> step, List<Op> finish) {
        this(mr, vectors, lanes, sumType, step, List.of(), finish);
    }

    /** What is zero before the first step, in order of rows. */
    public List<Register> accumulators() {
        if (!isOuter()) {
            return eachAccumulator(this::sum, this::block);
        }
        final List<Register> registers = new ArrayList<>();
        for (int rows = 0; rows < rowVectors(); rows++) {
            for (int v = 0; v < vectors; v++) {
                registers.add(tile(rows, v));
            }
        }
        return registers;
    }

    private List<Register> eachAccumulator(
            BiFunction<Integer, Integer, Register> ofRow, BiFunction<Integer, Integer, Register> ofBlock) {
        final List<Register> registers = new ArrayList<>();
        if (join.isEmpty()) {
            for (int row = 0; row < mr; row++) {
                for (int v = 0; v < vectors; v++) {
                    registers.add(ofRow.apply(row, v));
                }
            }
        } else {
            for (int row = 0; row < mr; row += 2) {
                for (int pair = 0; pair < nr() / 2; pair++) {
                    registers.add(ofBlock.apply(row, pair));
                }
            }
        }
        return registers;
    }

    /** Whether accumulators are tiles of outer products, each of as many rows as a vector has lanes. */
    public boolean isOuter() {
        return step.stream().anyMatch(op -> op instanceof Op.FusedOuterProduct || op instanceof Op.DotOuterProduct);
    }

    /** Bytes of a result. */
    public int dstBytes() {
        return finish.stream().anyMatch(Op.StoreBytes.class::isInstance) ? Byte.BYTES : Integer.BYTES;
    }

    /** Vectors of rows of a program of outer products. */
    public int rowVectors() {
        return mr / lanes;
    }

    /** Lanes of an accumulator. */
    int accumulatorLanes() {
        return isOuter() ? lanes * lanes : lanes;
    }

    /** The accumulator of a vector of rows and a vector of columns. */
    public Register tile(int rowVector, int vector) {
        return new Register("tile" + rowVector + "_" + vector, sumType);
    }

    /** The accumulator of two rows, the first of them {@code row}, and two columns: lanes are row by row. */
    public Register block(int row, int columnPair) {
        return new Register("block" + row + "_" + columnPair, sumType);
    }

    /** The accumulator of a row and a vector of columns. */
    public Register sum(int row, int vector) {
        return new Register("sum" + row + "_" + vector, sumType);
    }

    /** Whether what blocks sum is added up beside the accumulators. */
    public boolean hasTotals() {
        return !end.isEmpty();
    }

    /** Whether rows have what the sums of a block begin with. */
    public boolean hasBeginnings() {
        return !begin.isEmpty()
                && begin.getFirst() instanceof Op.Broadcast(Register _, Cell from)
                && from.operand() == Cell.Operand.LHS_BEGINNING;
    }

    /** Whether rows have scales for the same blocks as weights. */
    public boolean pairsBlocks() {
        return end.stream().anyMatch(Op.LoadF16.class::isInstance);
    }

    /** Whether blocks of weights have minima. */
    public boolean hasMins() {
        return end.stream()
                .anyMatch(op ->
                        op instanceof Op.LoadF16(Register _, Cell from) && from.operand() == Cell.Operand.BLOCK_MIN);
    }

    /** What is zero before the first block, and adds up what blocks sum. */
    public List<Register> totals() {
        return hasTotals() ? eachAccumulator(this::total, this::totals) : List.of();
    }

    /** What the blocks of two rows and two columns add up to, as {@link #block} has them. */
    public Register totals(int row, int columnPair) {
        return new Register("totals" + row + "_" + columnPair, LaneType.F32);
    }

    /** What the blocks of a row and a vector of columns add up to. */
    public Register total(int row, int vector) {
        return new Register("total" + row + "_" + vector, LaneType.F32);
    }

    /** The sums, or totals, of a vector of columns of the row that {@code finish} is at. */
    public Register rowSum(int vector) {
        return hasTotals() ? new Register("total" + vector, LaneType.F32) : new Register("sum" + vector, sumType);
    }

    /** Columns of the tile. */
    public int nr() {
        return vectors * lanes;
    }

    /** The program as text, for listings and tests. */
    public String print() {
        return "tile " + mr + " x " + nr() + " in vectors of " + lanes + "\n"
                + (begin.isEmpty() ? "" : "for each block along k:\n" + lines(begin))
                + "for each step along k:\n" + lines(step)
                + (end.isEmpty() ? "" : "at the end of the block:\n" + lines(end))
                + (join.isEmpty() ? "" : "once:\n" + lines(join))
                + "for each row:\n" + lines(finish);
    }

    private static String lines(List<Op> ops) {
        return IntStream.range(0, ops.size())
                .mapToObj(i -> "  " + ops.get(i) + "\n")
                .collect(Collectors.joining());
    }
}
