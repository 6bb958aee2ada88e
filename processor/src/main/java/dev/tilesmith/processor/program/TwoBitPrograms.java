package dev.tilesmith.processor.program;

import dev.tilesmith.processor.program.Cell.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * The micro-kernels of {@code QAI8DX x QSU2CX -> F32}. A byte of the panel holds four values of two bits, so a step takes 4
 * kr values along K, first those in the lowest bits. What they stand for is looked up in a table of unsigned bytes, whose
 * smallest is 0; what sums begin with takes off what that adds. Results are made of the sums as int8's are.
 */
public final class TwoBitPrograms {
    private static final int PARTS = 4;

    /** Where the left operand's values of each part are. */
    private static final List<Operand> LHS =
            List.of(Operand.LHS, Operand.LHS_NEXT, Operand.LHS_THIRD, Operand.LHS_FOURTH);

    private static final Register TABLE = new Register("table", LaneType.I32);

    private final Scheme scheme;
    private final Program shape;

    private TwoBitPrograms(Scheme scheme, Program shape) {
        this.scheme = scheme;
        this.shape = shape;
    }

    /** How a step along K multiplies. */
    public enum Scheme {
        /** Four values a step, as binary32: exact while sums of products stay within 2^24. */
        FLOATS(1, LaneType.F32),
        /** Sixteen values a step: each part with all rows. */
        QUADS(4, LaneType.I32),
        /** The same, but all parts with one vector of columns after the other. */
        PAIRED_QUADS(4, LaneType.I32);

        private final int kr;
        private final LaneType sumType;

        Scheme(int kr, LaneType sumType) {
            this.kr = kr;
            this.sumType = sumType;
        }

        /** Values along K that lie together; a step takes four times as many. */
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
        final TwoBitPrograms programs = new TwoBitPrograms(scheme, shape);
        final List<Op> begin = new ArrayList<>(Int4Programs.beginRows(shape));
        begin.add(new Op.Broadcast(TABLE, new Cell(Operand.RHS_TABLE, 0, 0)));
        return new Program(
                mr,
                vectors,
                lanes,
                scheme.sumType,
                begin,
                scheme == Scheme.PAIRED_QUADS ? programs.byColumns() : programs.byBits(),
                List.of(),
                List.of(),
                Int8Programs.finish(shape, bias, clamp));
    }

    private List<Op> byBits() {
        final List<Op> ops = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            for (int v = 0; v < shape.vectors(); v++) {
                ops.add(lookUp(v, part));
            }
            for (int row = 0; row < shape.mr(); row++) {
                ops.add(loadLhs(row, part));
                for (int v = 0; v < shape.vectors(); v++) {
                    ops.add(multiply(row, v, part));
                }
            }
        }
        return ops;
    }

    private List<Op> byColumns() {
        final List<Op> ops = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            for (int row = 0; row < shape.mr(); row++) {
                ops.add(loadLhs(row, part));
            }
            for (int v = 0; v < shape.vectors(); v++) {
                ops.add(lookUp(v, part));
                for (int row = 0; row < shape.mr(); row++) {
                    ops.add(multiply(row, v, part));
                }
            }
        }
        return ops;
    }

    private Op lookUp(int vector, int part) {
        return new Op.LookUp(rhs(vector, part), TABLE, new Cell(Operand.RHS, 0, vector), part);
    }

    private Op loadLhs(int row, int part) {
        return new Op.Broadcast(lhs(row, part), new Cell(LHS.get(part), row, 0));
    }

    private Op multiply(int row, int vector, int part) {
        final Register sum = shape.sum(row, vector);
        return scheme == Scheme.FLOATS
                ? new Op.ExactMultiplyAdd(sum, lhs(row, part), rhs(vector, part))
                : new Op.Dot(sum, lhs(row, part), rhs(vector, part));
    }

    private Register lhs(int row, int part) {
        return new Register("lhs" + row + "_" + part, scheme == Scheme.FLOATS ? LaneType.F32 : LaneType.I8X4);
    }

    private Register rhs(int vector, int part) {
        return new Register("rhs" + vector + "_" + part, scheme == Scheme.FLOATS ? LaneType.F32 : LaneType.U8X4);
    }
}
