package dev.tilesmith.processor.program;

import dev.tilesmith.processor.program.Cell.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * The micro-kernels of {@code QSI8D32} with {@code QSI4C32}, {@code QAI4C32} and {@code QSI8D32}, to F32: rows and weights
 * have scales for the same blocks of 32 along K, in binary16.
 *
 * <p>A step multiplies as for weights with scales of their own alone. At the end of a block {@code total = fma(min,
 * scaledSumOfRow, total)} where weights have minima, and {@code total = fma(float(sum), scaleOfRow * scale, total)}; the
 * product of two binary16 is exact. A result is its total, and the bias.
 */
public final class BlockPrograms {
    private static final LaneType F32 = LaneType.F32;

    private final Program shape;
    private final boolean mins;

    private BlockPrograms(Program shape, boolean mins) {
        this.shape = shape;
        this.mins = mins;
    }

    /**
     * The program of one tile of weights of four bits.
     *
     * @param scheme how a step multiplies
     * @param mins whether blocks have minima, and values are from 0 to 15; else they are from -8 to 7, stored with 8 added
     * @param mr rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program int4(
            Int4Programs.Scheme scheme, boolean mins, int mr, int vectors, int lanes, boolean bias, boolean clamp) {
        final Program shape =
                Int4Programs.tile(scheme, Int4Programs.Scales.OF_CHANNELS, mr, vectors, lanes, false, false);
        return scheme == Int4Programs.Scheme.SIGNED_QUADS
                ? signedInt4(shape, mins, bias, clamp)
                : new BlockPrograms(shape, mins).program(!mins, shape.step(), bias, clamp);
    }

    /**
     * The program of one tile of outer products, of weights of four bits.
     *
     * @param mins whether blocks have minima, and values are from 0 to 15; else they are from -8 to 7, stored with 8 added
     * @param rowVectors vectors of rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program outerInt4(boolean mins, int rowVectors, int vectors, int lanes, boolean bias, boolean clamp) {
        return signedInt4(
                Int4Programs.outer(Int4Programs.Scales.OF_CHANNELS, rowVectors, vectors, lanes, false, false),
                mins,
                bias,
                clamp);
    }

    /** Values have their offset taken off as they are loaded, so that sums begin with nothing. */
    private static Program signedInt4(Program shape, boolean mins, boolean bias, boolean clamp) {
        final List<Op> step = shape.step().stream()
                .map(op -> mins && op instanceof Op.LoadSignedNibbles(Register to, Cell from, int _)
                        ? new Op.LoadSignedNibbles(to, from, 0)
                        : op)
                .toList();
        return new BlockPrograms(shape, mins).program(false, step, bias, clamp);
    }

    /**
     * The program of one tile of outer products, of weights of eight bits.
     *
     * @param rowVectors vectors of rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program outerInt8(int rowVectors, int vectors, int lanes, boolean bias, boolean clamp) {
        final Program shape = Int8Programs.outer(rowVectors, vectors, lanes, false, false);
        return new BlockPrograms(shape, false).program(false, shape.step(), bias, clamp);
    }

    /**
     * The program of one tile of weights of eight bits. For {@code QUADS}, one side of which is unsigned, 128 is added to
     * weights as they are loaded; what sums begin with takes that off.
     *
     * @param scheme how a step multiplies; of four at once both sides are signed, or the weights unsigned
     * @param mr rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program int8(
            Int8Programs.Scheme scheme, int mr, int vectors, int lanes, boolean bias, boolean clamp) {
        final Program shape = Int8Programs.tile(scheme, mr, vectors, lanes, false, false);
        final BlockPrograms programs = new BlockPrograms(shape, false);
        return scheme == Int8Programs.Scheme.QUADS
                ? programs.program(true, programs.offsetQuads(), bias, clamp)
                : programs.program(false, shape.step(), bias, clamp);
    }

    private Program program(boolean offset, List<Op> step, boolean bias, boolean clamp) {
        return new Program(
                shape.mr(),
                shape.vectors(),
                shape.lanes(),
                shape.sumType(),
                begin(offset),
                step,
                ofPairsOfRows() ? endOfPairs() : end(),
                ofPairsOfRows() ? Int4Programs.joinTotals(shape) : List.of(),
                finish(bias, clamp));
    }

    /** Whether sums are of two rows and two columns. */
    private boolean ofPairsOfRows() {
        return !shape.isOuter() && !shape.join().isEmpty();
    }

    private List<Op> begin(boolean offset) {
        if (offset) {
            return ofPairsOfRows() ? Int4Programs.beginPairs(shape) : Int4Programs.beginRows(shape);
        }
        return shape.accumulators().stream().<Op>map(Op.Zero::new).toList();
    }

    private List<Op> offsetQuads() {
        final List<Op> ops = new ArrayList<>();
        for (int v = 0; v < shape.vectors(); v++) {
            ops.add(new Op.LoadOffset(new Register("rhs" + v, LaneType.U8X4), new Cell(Operand.RHS, 0, v)));
        }
        for (int row = 0; row < shape.mr(); row++) {
            final Register lhs = new Register("lhs" + row, LaneType.I8X4);
            ops.add(new Op.Broadcast(lhs, new Cell(Operand.LHS, row, 0)));
            for (int v = 0; v < shape.vectors(); v++) {
                ops.add(new Op.Dot(shape.sum(row, v), lhs, new Register("rhs" + v, LaneType.U8X4)));
            }
        }
        return ops;
    }

    private List<Op> end() {
        final List<Op> ops = new ArrayList<>();
        for (int v = 0; v < shape.vectors(); v++) {
            final Register scale = f32("scale" + v);
            final Register min = f32("min" + v);
            ops.add(new Op.LoadF16(scale, new Cell(Operand.BLOCK_SCALE, 0, v)));
            if (mins) {
                ops.add(new Op.LoadF16(min, new Cell(Operand.BLOCK_MIN, 0, v)));
            }
            for (int row = 0; row < shape.mr(); row++) {
                final String place = row + "_" + v;
                if (mins) {
                    final Register scaledSum = f32("scaledSum" + place);
                    ops.add(new Op.Broadcast(scaledSum, new Cell(Operand.LHS_BLOCK_SUM, row, 0)));
                    ops.add(new Op.FusedMultiplyAdd(shape.total(row, v), min, scaledSum));
                }
                final Register ofRow = f32("ofRow" + place);
                final Register both = f32("both" + place);
                ops.add(new Op.Broadcast(ofRow, new Cell(Operand.LHS_BLOCK_SCALE, row, 0)));
                ops.add(new Op.Multiply(both, ofRow, scale));
                ops.add(new Op.FusedMultiplyAdd(shape.total(row, v), part(ops, row, v), both));
            }
        }
        return ops;
    }

    /** The same of two rows and two columns: what belongs to one row, or to one column, is needed twice. */
    private List<Op> endOfPairs() {
        final List<Op> ops = new ArrayList<>();
        ofRows(ops, "ofRow", Operand.LHS_BLOCK_SCALE);
        ofColumns(ops, "scale", Operand.BLOCK_SCALE);
        if (mins) {
            ofRows(ops, "scaledSum", Operand.LHS_BLOCK_SUM);
            ofColumns(ops, "min", Operand.BLOCK_MIN);
        }
        for (int row = 0; row < shape.mr(); row += 2) {
            for (int pair = 0; pair < shape.nr() / 2; pair++) {
                final Register total = shape.totals(row, pair);
                final Register both = f32("both" + row + "_" + pair);
                final Register part = f32("part" + row + "_" + pair);
                if (mins) {
                    ops.add(new Op.FusedMultiplyAdd(total, f32("mins" + pair), f32("scaledSums" + row)));
                }
                ops.add(new Op.Multiply(both, f32("ofRows" + row), f32("scales" + pair)));
                ops.add(new Op.Convert(part, shape.block(row, pair)));
                ops.add(new Op.FusedMultiplyAdd(total, part, both));
            }
        }
        return ops;
    }

    /** Where the number of rows is odd, the last stands for the one after it. */
    private void ofRows(List<Op> ops, String name, Operand operand) {
        for (int row = 0; row < shape.mr(); row++) {
            ops.add(new Op.Broadcast(f32(name + row), new Cell(operand, row, 0)));
        }
        for (int row = 0; row < shape.mr(); row += 2) {
            final Register next = f32(name + Math.min(row + 1, shape.mr() - 1));
            ops.add(new Op.Halves(f32(name + "s" + row), f32(name + row), next, false));
        }
    }

    private void ofColumns(List<Op> ops, String name, Operand operand) {
        for (int pair = 0; pair < shape.nr() / 2; pair++) {
            final Register ofVector = f32(name + pair / 2);
            if (pair % 2 == 0) {
                ops.add(new Op.LoadF16(ofVector, new Cell(operand, 0, pair / 2)));
            }
            ops.add(new Op.Halves(f32(name + "s" + pair), ofVector, ofVector, pair % 2 != 0));
        }
    }

    private Register part(List<Op> ops, int row, int vector) {
        final Register sum = shape.sum(row, vector);
        if (shape.isOuter()) {
            ops.add(OuterProducts.row(shape, row, vector));
        }
        if (sum.type() == F32) {
            return sum;
        }
        final Register part = f32("part" + row + "_" + vector);
        ops.add(new Op.Convert(part, sum));
        return part;
    }

    private List<Op> finish(boolean bias, boolean clamp) {
        final List<Op> ops = new ArrayList<>();
        for (int v = 0; v < shape.vectors(); v++) {
            Int8Programs.store(ops, v, f32("total" + v), bias, clamp);
        }
        return ops;
    }

    private static Register f32(String name) {
        return new Register(name, F32);
    }
}
