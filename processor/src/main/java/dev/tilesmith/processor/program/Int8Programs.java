package dev.tilesmith.processor.program;

import dev.tilesmith.processor.program.Cell.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * The micro-kernels of {@code QAI8DX x QSI8CX -> F32}. They differ in how a step multiplies; what they make of the sums
 * is the same: {@code float(sum - zeroPoint * Σ w) * (scale * inverseScale) + bias}, each operation rounded.
 */
public final class Int8Programs {
    private static final LaneType I32 = LaneType.I32;
    private static final LaneType F32 = LaneType.F32;

    private final Program shape;
    private final boolean bias;
    private final boolean clamp;

    private Int8Programs(Program shape, boolean bias, boolean clamp) {
        this.shape = shape;
        this.bias = bias;
        this.clamp = clamp;
    }

    /** How a step along K multiplies. */
    public enum Scheme {
        /** One value a step, as binary32: exact while sums of products stay within 2^24. */
        FLOATS(1, F32),
        /** Two values a step, widened to 16 bits. */
        PAIRS(2, I32),
        /** Four values a step: the left operand's unsigned, the right's signed. */
        QUADS(4, I32),
        /** Four values a step, all signed. */
        SIGNED_QUADS(4, I32),
        /** Eight values a step, all signed, of two rows and two columns at once. */
        BLOCKS(8, I32);

        private final int kr;
        private final LaneType sumType;

        Scheme(int kr, LaneType sumType) {
            this.kr = kr;
            this.sumType = sumType;
        }

        /** Values along K that a step takes. */
        public int kr() {
            return kr;
        }
    }

    /**
     * The program of one tile.
     *
     * @param scheme how a step multiplies
     * @param mr rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program tile(Scheme scheme, int mr, int vectors, int lanes, boolean bias, boolean clamp) {
        final Program shape = new Program(mr, vectors, lanes, scheme.sumType, List.of(), List.of());
        final Int8Programs programs = new Int8Programs(shape, bias, clamp);
        return scheme == Scheme.BLOCKS
                ? new Program(mr, vectors, lanes, scheme.sumType, programs.blockStep(), join(shape), programs.finish())
                : new Program(mr, vectors, lanes, scheme.sumType, programs.step(scheme), programs.finish());
    }

    /**
     * The program of one tile of outer products: a step takes four values, all signed, of vectors of rows and of vectors
     * of columns.
     *
     * @param rowVectors vectors of rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program outer(int rowVectors, int vectors, int lanes, boolean bias, boolean clamp) {
        final int mr = rowVectors * lanes;
        final Program shape = new Program(mr, vectors, lanes, I32, List.of(), List.of());
        final List<Op> step =
                OuterProducts.step(shape, LaneType.I8X4, (tile, x, y) -> new Op.DotOuterProduct(tile, x, y));
        final List<Op> finish = new Int8Programs(shape, bias, clamp).finish();
        return new Program(mr, vectors, lanes, I32, step, OuterProducts.join(shape), finish);
    }

    private List<Op> blockStep() {
        final List<Op> ops = new ArrayList<>();
        for (int row = 0; row < shape.mr(); row += 2) {
            ops.add(new Op.Load(lhs(Scheme.BLOCKS, row), new Cell(Operand.LHS, row, 0)));
        }
        for (int pair = 0; pair < shape.nr() / 2; pair++) {
            final Register rhs = rhs(Scheme.BLOCKS, pair);
            ops.add(new Op.Load(rhs, new Cell(Operand.RHS, 0, pair)));
            for (int row = 0; row < shape.mr(); row += 2) {
                ops.add(new Op.BlockDot(shape.block(row, pair), lhs(Scheme.BLOCKS, row), rhs));
            }
        }
        return ops;
    }

    /** The sums of each row of a shape, whose accumulators have two rows and two columns each. */
    static List<Op> join(Program shape) {
        final List<Op> ops = new ArrayList<>();
        for (int row = 0; row < shape.mr(); row++) {
            for (int v = 0; v < shape.vectors(); v++) {
                final int even = row / 2 * 2;
                ops.add(new Op.Halves(
                        shape.sum(row, v), shape.block(even, 2 * v), shape.block(even, 2 * v + 1), row != even));
            }
        }
        return ops;
    }

    private List<Op> step(Scheme scheme) {
        final List<Op> ops = new ArrayList<>();
        for (int v = 0; v < shape.vectors(); v++) {
            final Cell from = new Cell(Operand.RHS, 0, v);
            ops.add(scheme.kr == 4 ? new Op.Load(rhs(scheme, v), from) : new Op.LoadWidened(rhs(scheme, v), from));
        }
        for (int row = 0; row < shape.mr(); row++) {
            final Register lhs = lhs(scheme, row);
            ops.add(new Op.Broadcast(lhs, new Cell(Operand.LHS, row, 0)));
            for (int v = 0; v < shape.vectors(); v++) {
                final Register sum = shape.sum(row, v);
                ops.add(
                        scheme == Scheme.FLOATS
                                ? new Op.ExactMultiplyAdd(sum, lhs, rhs(scheme, v))
                                : new Op.Dot(sum, lhs, rhs(scheme, v)));
            }
        }
        return ops;
    }

    private static Register lhs(Scheme scheme, int row) {
        final LaneType type =
                switch (scheme) {
                    case FLOATS -> F32;
                    case PAIRS -> LaneType.I16X2;
                    case QUADS -> LaneType.U8X4;
                    case SIGNED_QUADS, BLOCKS -> LaneType.I8X4;
                };
        return new Register("lhs" + row, type);
    }

    private static Register rhs(Scheme scheme, int vector) {
        final LaneType type =
                switch (scheme) {
                    case FLOATS -> F32;
                    case PAIRS -> LaneType.I16X2;
                    case QUADS, SIGNED_QUADS, BLOCKS -> LaneType.I8X4;
                };
        return new Register("rhs" + vector, type);
    }

    /** What becomes of the sums of a shape. */
    static List<Op> finish(Program shape, boolean bias, boolean clamp) {
        return new Int8Programs(shape, bias, clamp).finish();
    }

    private List<Op> finish() {
        final List<Op> ops = new ArrayList<>();
        final Register zeroPoint = new Register("zeroPoint", I32);
        final Register inverseScale = new Register("inverseScale", F32);
        ops.add(new Op.Broadcast(zeroPoint, new Cell(Operand.LHS_ZERO_POINT, 0, 0)));
        ops.add(new Op.Broadcast(inverseScale, new Cell(Operand.LHS_SCALE, 0, 0)));
        for (int v = 0; v < shape.vectors(); v++) {
            final Register result = scaled(ops, v, zeroPoint, inverseScale);
            store(ops, v, result, bias, clamp);
        }
        return ops;
    }

    /** Adds the bias, bounds and stores a vector of results. */
    static void store(List<Op> ops, int vector, Register scaled, boolean bias, boolean clamp) {
        Register result = scaled;
        if (bias) {
            final Register addend = new Register("bias" + vector, F32);
            final Register biased = new Register("biased" + vector, F32);
            ops.add(new Op.Load(addend, new Cell(Operand.BIAS, 0, vector)));
            ops.add(new Op.Add(biased, result, addend));
            result = biased;
        }
        if (clamp) {
            final Register clamped = new Register("clamped" + vector, F32);
            ops.add(new Op.Clamp(clamped, result));
            result = clamped;
        }
        ops.add(new Op.Store(result, new Cell(Operand.DST, 0, vector)));
    }

    private Register scaled(List<Op> ops, int vector, Register zeroPoint, Register inverseScale) {
        Register sum = shape.rowSum(vector);
        if (sum.type() == F32) {
            final Register whole = new Register("whole" + vector, I32);
            ops.add(new Op.Convert(whole, sum));
            sum = whole;
        }
        final Register weights = new Register("weights" + vector, I32);
        final Register excess = new Register("excess" + vector, I32);
        final Register exact = new Register("exact" + vector, I32);
        final Register converted = new Register("converted" + vector, F32);
        final Register columnScale = new Register("columnScale" + vector, F32);
        final Register scale = new Register("scale" + vector, F32);
        final Register scaled = new Register("scaled" + vector, F32);
        ops.add(new Op.Load(weights, new Cell(Operand.RHS_SUM, 0, vector)));
        ops.add(new Op.IntMultiply(excess, zeroPoint, weights));
        ops.add(new Op.IntSubtract(exact, sum, excess));
        ops.add(new Op.Convert(converted, exact));
        ops.add(new Op.Load(columnScale, new Cell(Operand.RHS_SCALE, 0, vector)));
        ops.add(new Op.Multiply(scale, columnScale, inverseScale));
        ops.add(new Op.Multiply(scaled, converted, scale));
        return scaled;
    }
}
