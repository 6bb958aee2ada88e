package dev.tilesmith.processor.program;

import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.processor.program.Int8Programs.Scheme;
import java.util.ArrayList;
import java.util.List;

/**
 * The micro-kernels of {@code QAI8 x QSI8CX} and {@code QAI8 x QSI4CX}. They multiply as those of a dynamic left operand do; what the zero point
 * of the left operand and the bias add to a sum is one integer for each column, found when the weights are packed.
 */
public final class StaticInt8Programs {
    private static final LaneType I32 = LaneType.I32;
    private static final LaneType F32 = LaneType.F32;

    private final Program shape;
    private final boolean requantized;
    private final boolean clamp;

    private StaticInt8Programs(Program shape, boolean requantized, boolean clamp) {
        this.shape = shape;
        this.requantized = requantized;
        this.clamp = clamp;
    }

    /**
     * The program of one tile.
     *
     * @param scheme how a step multiplies
     * @param mr rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param requantized whether results are int8; else they are the exact sums
     * @param clamp whether int8 results may be bounded
     */
    public static Program tile(Scheme scheme, int mr, int vectors, int lanes, boolean requantized, boolean clamp) {
        final Program shape = Int8Programs.tile(scheme, mr, vectors, lanes, false, false);
        final StaticInt8Programs programs = new StaticInt8Programs(shape, requantized, clamp);
        return new Program(mr, vectors, lanes, shape.sumType(), shape.step(), shape.join(), programs.finish());
    }

    /**
     * The program of one tile of weights of four bits, whose results are int8.
     *
     * @param scheme how a step multiplies
     * @param mr rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param clamp whether results may be bounded
     */
    public static Program int4(Int4Programs.Scheme scheme, int mr, int vectors, int lanes, boolean clamp) {
        final Program shape =
                Int4Programs.tile(scheme, Int4Programs.Scales.OF_CHANNELS, mr, vectors, lanes, false, false);
        final StaticInt8Programs programs = new StaticInt8Programs(shape, true, clamp);
        return new Program(
                mr,
                vectors,
                lanes,
                shape.sumType(),
                shape.begin(),
                shape.step(),
                List.of(),
                shape.join(),
                programs.finish());
    }

    /**
     * The program of one tile of outer products with weights of four bits, whose results are int8.
     *
     * @param rowVectors vectors of rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param clamp whether results may be bounded
     */
    public static Program int4Outer(int rowVectors, int vectors, int lanes, boolean clamp) {
        final Program shape =
                Int4Programs.outer(Int4Programs.Scales.OF_CHANNELS, rowVectors, vectors, lanes, false, false);
        return outer(shape, true, clamp);
    }

    /**
     * The program of one tile of outer products: a step takes four values, all signed, of vectors of rows and of vectors
     * of columns.
     *
     * @param rowVectors vectors of rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param requantized whether results are int8; else they are the exact sums
     * @param clamp whether int8 results may be bounded
     */
    public static Program outer(int rowVectors, int vectors, int lanes, boolean requantized, boolean clamp) {
        return outer(Int8Programs.outer(rowVectors, vectors, lanes, false, false), requantized, clamp);
    }

    private static Program outer(Program shape, boolean requantized, boolean clamp) {
        final StaticInt8Programs programs = new StaticInt8Programs(shape, requantized, clamp);
        return new Program(
                shape.mr(),
                shape.vectors(),
                shape.lanes(),
                shape.sumType(),
                shape.step(),
                shape.join(),
                programs.finish());
    }

    private List<Op> finish() {
        final List<Op> ops = new ArrayList<>();
        for (int v = 0; v < shape.vectors(); v++) {
            final Register exact = exact(ops, v);
            final Cell dst = new Cell(Operand.DST, 0, v);
            ops.add(requantized ? new Op.StoreBytes(requantized(ops, v, exact), dst) : new Op.Store(exact, dst));
        }
        return ops;
    }

    private Register exact(List<Op> ops, int vector) {
        Register sum = shape.rowSum(vector);
        if (sum.type() == F32) {
            final Register whole = new Register("whole" + vector, I32);
            ops.add(new Op.Convert(whole, sum));
            sum = whole;
        }
        final Register beginning = new Register("beginning" + vector, I32);
        final Register exact = new Register("exact" + vector, I32);
        ops.add(new Op.Load(beginning, new Cell(Operand.SUM_BEGINNING, 0, vector)));
        ops.add(new Op.IntAdd(exact, sum, beginning));
        return exact;
    }

    private Register requantized(List<Op> ops, int vector, Register exact) {
        final Register converted = new Register("converted" + vector, F32);
        final Register multiplier = new Register("multiplier" + vector, F32);
        final Register scaled = new Register("scaled" + vector, F32);
        final Register rounded = new Register("rounded" + vector, I32);
        final Register zeroPoint = new Register("zeroPoint" + vector, I32);
        final Register result = new Register("result" + vector, I32);
        ops.add(new Op.Convert(converted, exact));
        ops.add(new Op.Load(multiplier, new Cell(Operand.RHS_SCALE, 0, vector)));
        ops.add(new Op.Multiply(scaled, converted, multiplier));
        ops.add(new Op.Round(rounded, scaled));
        ops.add(new Op.Load(zeroPoint, new Cell(Operand.DST_ZERO_POINT, 0, vector)));
        ops.add(new Op.IntAdd(result, rounded, zeroPoint));
        if (!clamp) {
            return result;
        }
        final Register clamped = new Register("clamped" + vector, I32);
        ops.add(new Op.IntClamp(clamped, result));
        return clamped;
    }
}
