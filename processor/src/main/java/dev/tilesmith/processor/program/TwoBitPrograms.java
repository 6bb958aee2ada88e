package dev.tilesmith.processor.program;

import dev.tilesmith.processor.program.Cell.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * The micro-kernels of {@code QAI8DX x QSU2CX -> F32}. A byte of the panel holds four values of two bits, so a step takes 4
 * kr values along K, first those in the lowest bits. What they stand for is looked up in a table of unsigned bytes, whose
 * smallest is 0; what sums begin with takes off what that adds. Where bytes are multiplied signed with signed, the smallest
 * value is added to the table instead, and sums begin with zero; rows are zero beyond k then, for the weights are not.
 * Results are made of the sums as int8's are.
 */
public final class TwoBitPrograms {
    private static final int PARTS = 4;

    /** Where the left operand's values of each part are. */
    private static final List<Operand> LHS =
            List.of(Operand.LHS, Operand.LHS_NEXT, Operand.LHS_THIRD, Operand.LHS_FOURTH);

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
        PAIRED_QUADS(4, LaneType.I32),
        /** Sixteen values a step, signed: each part with all rows. */
        SIGNED_QUADS(4, LaneType.I32),
        /** Thirty-two values a step, signed, of two rows and two columns at once: one part after the other. */
        BLOCKS(8, LaneType.I32),
        /** Four values a step, signed: those of one byte. */
        SIGNED_BYTES(1, LaneType.I32);

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

        /** Whether what is multiplied are the values of the table themselves. */
        public boolean isSigned() {
            return switch (this) {
                case FLOATS, QUADS, PAIRED_QUADS -> false;
                case SIGNED_QUADS, BLOCKS, SIGNED_BYTES -> true;
            };
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
        final List<Op> step =
                switch (scheme) {
                    case FLOATS, QUADS, SIGNED_QUADS -> programs.byBits();
                    case PAIRED_QUADS -> programs.byColumns();
                    case BLOCKS -> programs.byBlocks();
                    case SIGNED_BYTES -> programs.byBytes();
                };
        return new Program(
                mr,
                vectors,
                lanes,
                scheme.sumType,
                programs.begin(),
                step,
                List.of(),
                scheme == Scheme.BLOCKS ? Int8Programs.join(shape) : List.of(),
                Int8Programs.finish(shape, bias, clamp));
    }

    /**
     * The program of one tile of outer products: a step takes four values, as {@link Scheme#SIGNED_BYTES}, of vectors of rows
     * and of vectors of columns.
     *
     * @param rowVectors vectors of rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program outer(int rowVectors, int vectors, int lanes, boolean bias, boolean clamp) {
        final int mr = rowVectors * lanes;
        final LaneType sums = LaneType.I32;
        final TwoBitPrograms programs =
                new TwoBitPrograms(Scheme.SIGNED_BYTES, new Program(mr, vectors, lanes, sums, List.of(), List.of()));
        final List<Op> step = OuterProducts.step(
                programs.shape,
                LaneType.I8X4,
                (to, from) -> new Op.LookUpAll(to, programs.table(), from),
                (tile, x, y) -> new Op.DotOuterProduct(tile, x, y));
        final Program shape = new Program(mr, vectors, lanes, sums, step, List.of());
        return new Program(
                mr,
                vectors,
                lanes,
                sums,
                programs.begin(),
                step,
                List.of(),
                OuterProducts.join(shape),
                Int8Programs.finish(shape, bias, clamp));
    }

    private Register table() {
        return new Register("table", scheme.isSigned() ? LaneType.I8X4 : LaneType.I32);
    }

    private List<Op> begin() {
        final Cell from = new Cell(Operand.RHS_TABLE, 0, 0);
        if (scheme.isSigned()) {
            final Register unsigned = new Register("unsigned", LaneType.U8X4);
            final Register smallest = new Register("smallest", LaneType.I8X4);
            return List.of(
                    new Op.Broadcast(unsigned, from),
                    new Op.Broadcast(smallest, new Cell(Operand.RHS_SMALLEST, 0, 0)),
                    new Op.AddBytes(table(), unsigned, smallest));
        }
        final List<Op> ops = new ArrayList<>(Int4Programs.beginRows(shape));
        ops.add(new Op.Broadcast(table(), from));
        return ops;
    }

    private List<Op> byBlocks() {
        final List<Op> ops = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            for (int row = 0; row < shape.mr(); row += 2) {
                ops.add(new Op.Load(lhs(row, part), new Cell(LHS.get(part), row, 0)));
            }
            for (int pair = 0; pair < shape.nr() / 2; pair++) {
                ops.add(lookUp(pair, part));
                for (int row = 0; row < shape.mr(); row += 2) {
                    ops.add(new Op.BlockDot(shape.block(row, pair), lhs(row, part), rhs(pair, part)));
                }
            }
        }
        return ops;
    }

    private List<Op> byBytes() {
        final List<Op> ops = new ArrayList<>();
        for (int v = 0; v < shape.vectors(); v++) {
            ops.add(new Op.LookUpAll(rhs(v, 0), table(), new Cell(Operand.RHS, 0, v)));
        }
        for (int row = 0; row < shape.mr(); row++) {
            ops.add(loadLhs(row, 0));
            for (int v = 0; v < shape.vectors(); v++) {
                ops.add(multiply(row, v, 0));
            }
        }
        return ops;
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
        return new Op.LookUp(rhs(vector, part), table(), new Cell(Operand.RHS, 0, vector), part);
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
        final LaneType bytes = scheme.isSigned() ? LaneType.I8X4 : LaneType.U8X4;
        return new Register("rhs" + vector + "_" + part, scheme == Scheme.FLOATS ? LaneType.F32 : bytes);
    }
}
