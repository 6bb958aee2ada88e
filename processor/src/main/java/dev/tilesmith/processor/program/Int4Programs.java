package dev.tilesmith.processor.program;

import dev.tilesmith.processor.program.Cell.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * The micro-kernels of {@code QAI8DX x QSI4CX -> F32} and {@code QAI8DX x QSI4C32 -> F32}. A byte of the panel holds two
 * values of four bits, so a step takes 2 kr values along K: first those in the low bits. They are stored with 8 added;
 * what sums begin with in a block takes that off, or the step does.
 *
 * <p>Where channels have one scale, all K is one block, and the results are made of the sums as int8's are. Where blocks
 * have scales, {@code total = fma(float(sum), scale, total)} at the end of each, and a result is {@code fma(Σ scale·w,
 * float(-zeroPoint), total) * inverseScale + bias}, the last two operations rounded each.
 */
public final class Int4Programs {
    private static final LaneType I32 = LaneType.I32;
    private static final LaneType F32 = LaneType.F32;

    private final Scheme scheme;
    private final Scales scales;
    private final Program shape;

    private Int4Programs(Scheme scheme, Scales scales, Program shape) {
        this.scheme = scheme;
        this.scales = scales;
        this.shape = shape;
    }

    /** How a step along K multiplies. */
    public enum Scheme {
        /** Two values a step, as binary32: exact while sums of products stay within 2^24. */
        FLOATS(1, F32),
        /** Eight values a step: those in the low bits with all rows, then those in the high ones. */
        QUADS(4, I32),
        /** The same, but both with one vector of columns after the other. */
        PAIRED_QUADS(4, I32),
        /** Sixteen values a step, of two rows and two columns at once: those in the low bits, then those in the high ones. */
        BLOCKS(8, I32),
        /** Four values a step, from which 8 is taken before they are multiplied; those of a row lie in the weights' order. */
        SIGNED_QUADS(2, I32);

        private final int kr;
        private final LaneType sumType;

        Scheme(int kr, LaneType sumType) {
            this.kr = kr;
            this.sumType = sumType;
        }

        /** Bytes of a column that lie together; a step takes twice as many values along K. */
        public int kr() {
            return kr;
        }
    }

    /** What has scales, and in which format. */
    public enum Scales {
        /** A channel has one, a binary32. */
        OF_CHANNELS,
        /** A block has one for each channel, a BF16. */
        BF16_OF_BLOCKS,
        /** A block has one for each channel, a binary32. */
        F32_OF_BLOCKS
    }

    /**
     * The program of one tile.
     *
     * @param scheme how a step multiplies
     * @param scales what has scales
     * @param mr rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program tile(
            Scheme scheme, Scales scales, int mr, int vectors, int lanes, boolean bias, boolean clamp) {
        final Program shape = new Program(mr, vectors, lanes, scheme.sumType, List.of(), List.of());
        final Int4Programs programs = new Int4Programs(scheme, scales, shape);
        final List<Op> begin = scheme == Scheme.SIGNED_QUADS ? programs.zeros() : programs.begin();
        final List<Op> step =
                switch (scheme) {
                    case QUADS -> programs.byBits();
                    case FLOATS, PAIRED_QUADS -> programs.byColumns();
                    case BLOCKS -> programs.byBlocks();
                    case SIGNED_QUADS -> programs.signed();
                };
        return scales == Scales.OF_CHANNELS
                ? new Program(
                        mr,
                        vectors,
                        lanes,
                        scheme.sumType,
                        begin,
                        step,
                        List.of(),
                        scheme == Scheme.BLOCKS ? Int8Programs.join(shape) : List.of(),
                        Int8Programs.finish(shape, bias, clamp))
                : new Program(
                        mr,
                        vectors,
                        lanes,
                        scheme.sumType,
                        begin,
                        step,
                        programs.end(),
                        scheme == Scheme.BLOCKS ? joinTotals(shape) : List.of(),
                        programs.finish(bias, clamp));
    }

    /**
     * The program of one tile of outer products: a step takes four values, as {@link Scheme#SIGNED_QUADS}, of vectors of
     * rows and of vectors of columns.
     *
     * @param scales what has scales
     * @param rowVectors vectors of rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program outer(Scales scales, int rowVectors, int vectors, int lanes, boolean bias, boolean clamp) {
        final int mr = rowVectors * lanes;
        final Program rows = new Program(mr, vectors, lanes, I32, List.of(), List.of());
        final List<Op> step = OuterProducts.step(
                rows, LaneType.I8X4, Op.LoadSignedNibbles::new, (tile, x, y) -> new Op.DotOuterProduct(tile, x, y));
        final Program shape = new Program(mr, vectors, lanes, I32, step, List.of());
        final Int4Programs programs = new Int4Programs(Scheme.SIGNED_QUADS, scales, shape);
        return scales == Scales.OF_CHANNELS
                ? new Program(
                        mr,
                        vectors,
                        lanes,
                        I32,
                        step,
                        OuterProducts.join(shape),
                        Int8Programs.finish(shape, bias, clamp))
                : new Program(
                        mr,
                        vectors,
                        lanes,
                        I32,
                        programs.zeros(),
                        step,
                        programs.end(),
                        List.of(),
                        programs.finish(bias, clamp));
    }

    /** Sums begin with nothing in each block; where there is one block, they do so anyway. */
    private List<Op> zeros() {
        return scales == Scales.OF_CHANNELS
                ? List.of()
                : shape.accumulators().stream().<Op>map(Op.Zero::new).toList();
    }

    private List<Op> begin() {
        return scheme == Scheme.BLOCKS ? beginPairs(shape) : beginRows(shape);
    }

    /** Sums begin with what takes off the offset of the weights. */
    static List<Op> beginRows(Program shape) {
        final List<Op> ops = new ArrayList<>();
        for (int row = 0; row < shape.mr(); row++) {
            for (int v = 0; v < shape.vectors(); v++) {
                ops.add(new Op.Broadcast(shape.sum(row, v), new Cell(Operand.LHS_BEGINNING, row, 0)));
            }
        }
        return ops;
    }

    /** The same for sums of two rows and two columns. Where the number of rows is odd, the last stands for the one after it. */
    static List<Op> beginPairs(Program shape) {
        final List<Op> ops = new ArrayList<>();
        for (int row = 0; row < shape.mr(); row++) {
            ops.add(new Op.Broadcast(beginning(row), new Cell(Operand.LHS_BEGINNING, row, 0)));
        }
        for (int row = 0; row < shape.mr(); row += 2) {
            for (int pair = 0; pair < shape.nr() / 2; pair++) {
                final Register next = beginning(Math.min(row + 1, shape.mr() - 1));
                ops.add(new Op.Halves(shape.block(row, pair), beginning(row), next, false));
            }
        }
        return ops;
    }

    private static Register beginning(int row) {
        return new Register("beginning" + row, I32);
    }

    private List<Op> byBlocks() {
        final List<Op> ops = new ArrayList<>();
        for (final boolean high : new boolean[] {false, true}) {
            for (int row = 0; row < shape.mr(); row += 2) {
                ops.add(new Op.Load(lhs(row, high), new Cell(high ? Operand.LHS_NEXT : Operand.LHS, row, 0)));
            }
            for (int pair = 0; pair < shape.nr() / 2; pair++) {
                ops.add(loadRhs(pair, high));
                for (int row = 0; row < shape.mr(); row += 2) {
                    ops.add(new Op.BlockDot(shape.block(row, pair), lhs(row, high), rhs(pair, high)));
                }
            }
        }
        return ops;
    }

    private List<Op> byBits() {
        final List<Op> ops = new ArrayList<>();
        for (final boolean high : new boolean[] {false, true}) {
            for (int v = 0; v < shape.vectors(); v++) {
                ops.add(loadRhs(v, high));
            }
            for (int row = 0; row < shape.mr(); row++) {
                ops.add(loadLhs(row, high));
                for (int v = 0; v < shape.vectors(); v++) {
                    ops.add(multiply(row, v, high));
                }
            }
        }
        return ops;
    }

    private List<Op> signed() {
        final List<Op> ops = new ArrayList<>();
        for (int v = 0; v < shape.vectors(); v++) {
            ops.add(new Op.LoadSignedNibbles(rhs(v, false), new Cell(Operand.RHS, 0, v)));
        }
        for (int row = 0; row < shape.mr(); row++) {
            ops.add(loadLhs(row, false));
            for (int v = 0; v < shape.vectors(); v++) {
                ops.add(multiply(row, v, false));
            }
        }
        return ops;
    }

    private List<Op> byColumns() {
        final List<Op> ops = new ArrayList<>();
        for (int row = 0; row < shape.mr(); row++) {
            ops.add(loadLhs(row, false));
            ops.add(loadLhs(row, true));
        }
        for (int v = 0; v < shape.vectors(); v++) {
            ops.add(loadRhs(v, false));
            ops.add(loadRhs(v, true));
            for (int row = 0; row < shape.mr(); row++) {
                ops.add(multiply(row, v, false));
                ops.add(multiply(row, v, true));
            }
        }
        return ops;
    }

    private Op loadRhs(int vector, boolean high) {
        return new Op.LoadNibbles(rhs(vector, high), new Cell(Operand.RHS, 0, vector), high);
    }

    private Op loadLhs(int row, boolean high) {
        return new Op.Broadcast(lhs(row, high), new Cell(high ? Operand.LHS_NEXT : Operand.LHS, row, 0));
    }

    private Op multiply(int row, int vector, boolean high) {
        final Register sum = shape.sum(row, vector);
        final Register lhs = lhs(row, high);
        final Register rhs = rhs(vector, high);
        return scheme == Scheme.FLOATS ? new Op.ExactMultiplyAdd(sum, lhs, rhs) : new Op.Dot(sum, lhs, rhs);
    }

    private Register lhs(int row, boolean high) {
        return new Register((high ? "next" : "lhs") + row, scheme == Scheme.FLOATS ? F32 : LaneType.I8X4);
    }

    private Register rhs(int vector, boolean high) {
        return switch (scheme) {
            case FLOATS -> new Register((high ? "high" : "low") + vector, F32);
            case QUADS, PAIRED_QUADS, BLOCKS -> new Register((high ? "high" : "low") + vector, LaneType.U8X4);
            case SIGNED_QUADS -> new Register("rhs" + vector, LaneType.I8X4);
        };
    }

    private List<Op> end() {
        final List<Op> ops = loadScales();
        if (scheme == Scheme.BLOCKS) {
            addPairs(ops);
        } else {
            addRows(ops);
        }
        return ops;
    }

    private List<Op> loadScales() {
        final List<Op> ops = new ArrayList<>();
        for (int v = 0; v < shape.vectors(); v++) {
            final Register scale = new Register("scale" + v, F32);
            final Cell from = new Cell(Operand.BLOCK_SCALE, 0, v);
            ops.add(scales == Scales.BF16_OF_BLOCKS ? new Op.LoadBf16(scale, from) : new Op.Load(scale, from));
        }
        return ops;
    }

    /** Two rows and two columns at once: the scales of two columns are needed twice. */
    private void addPairs(List<Op> ops) {
        for (int pair = 0; pair < shape.nr() / 2; pair++) {
            final Register ofVector = new Register("scale" + pair / 2, F32);
            final Register scale = new Register("scales" + pair, F32);
            ops.add(new Op.Halves(scale, ofVector, ofVector, pair % 2 != 0));
            for (int row = 0; row < shape.mr(); row += 2) {
                final Register part = new Register("part" + row + "_" + pair, F32);
                ops.add(new Op.Convert(part, shape.block(row, pair)));
                ops.add(new Op.FusedMultiplyAdd(shape.totals(row, pair), part, scale));
            }
        }
    }

    /** The totals of each row of a shape, whose totals are of two rows and two columns each. */
    static List<Op> joinTotals(Program shape) {
        final List<Op> ops = new ArrayList<>();
        for (int row = 0; row < shape.mr(); row++) {
            for (int v = 0; v < shape.vectors(); v++) {
                final int even = row / 2 * 2;
                ops.add(new Op.Halves(
                        shape.total(row, v), shape.totals(even, 2 * v), shape.totals(even, 2 * v + 1), row != even));
            }
        }
        return ops;
    }

    private void addRows(List<Op> ops) {
        for (int row = 0; row < shape.mr(); row++) {
            for (int v = 0; v < shape.vectors(); v++) {
                Register part = shape.sum(row, v);
                if (shape.isOuter()) {
                    ops.add(OuterProducts.row(shape, row, v));
                }
                if (part.type() != F32) {
                    part = new Register("part" + row + "_" + v, F32);
                    ops.add(new Op.Convert(part, shape.sum(row, v)));
                }
                ops.add(new Op.FusedMultiplyAdd(shape.total(row, v), part, new Register("scale" + v, F32)));
            }
        }
    }

    private List<Op> finish(boolean bias, boolean clamp) {
        final List<Op> ops = new ArrayList<>();
        final Register zeroPoint = new Register("zeroPoint", I32);
        final Register negative = new Register("negative", I32);
        final Register factor = new Register("factor", F32);
        final Register inverseScale = new Register("inverseScale", F32);
        ops.add(new Op.Broadcast(zeroPoint, new Cell(Operand.LHS_ZERO_POINT, 0, 0)));
        ops.add(new Op.IntNegate(negative, zeroPoint));
        ops.add(new Op.Convert(factor, negative));
        ops.add(new Op.Broadcast(inverseScale, new Cell(Operand.LHS_SCALE, 0, 0)));
        for (int v = 0; v < shape.vectors(); v++) {
            final Register total = new Register("total" + v, F32);
            final Register weights = new Register("weights" + v, F32);
            final Register scaled = new Register("scaled" + v, F32);
            ops.add(new Op.Load(weights, new Cell(Operand.RHS_SUM, 0, v)));
            ops.add(new Op.FusedMultiplyAdd(total, weights, factor));
            ops.add(new Op.Multiply(scaled, total, inverseScale));
            Int8Programs.store(ops, v, scaled, bias, clamp);
        }
        return ops;
    }
}
