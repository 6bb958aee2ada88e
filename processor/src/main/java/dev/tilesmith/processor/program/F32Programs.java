package dev.tilesmith.processor.program;

import dev.tilesmith.processor.program.Cell.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * The f32 micro-kernels: at each step along K, one value of each row is broadcast and multiplied with the vectors of a
 * row of the panel. Each result is one chain of fused multiply-adds in ascending order of k.
 */
public final class F32Programs {
    private F32Programs() {}

    /**
     * The program of one tile.
     *
     * @param mr rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program tile(int mr, int vectors, int lanes, boolean bias, boolean clamp) {
        final Program shape = new Program(mr, vectors, lanes, LaneType.F32, List.of(), List.of());
        return new Program(mr, vectors, lanes, LaneType.F32, step(shape), finish(shape, bias, clamp));
    }

    /**
     * The program of one tile of outer products: at each step along K, vectors of rows are multiplied with vectors of
     * columns.
     *
     * @param rowVectors vectors of rows
     * @param vectors vectors of columns
     * @param lanes lanes of a vector
     * @param bias whether a bias is added
     * @param clamp whether results may be bounded
     */
    public static Program outer(int rowVectors, int vectors, int lanes, boolean bias, boolean clamp) {
        final int mr = rowVectors * lanes;
        final Program shape = new Program(mr, vectors, lanes, LaneType.F32, List.of(), List.of());
        final List<Op> step =
                OuterProducts.step(shape, LaneType.F32, (tile, a, b) -> new Op.FusedOuterProduct(tile, a, b));
        return new Program(
                mr, vectors, lanes, LaneType.F32, step, OuterProducts.join(shape), finish(shape, bias, clamp));
    }

    private static List<Op> step(Program shape) {
        final List<Op> ops = new ArrayList<>();
        for (int v = 0; v < shape.vectors(); v++) {
            ops.add(new Op.Load(f32("rhs" + v), new Cell(Operand.RHS, 0, v)));
        }
        for (int row = 0; row < shape.mr(); row++) {
            final Register lhs = f32("lhs" + row);
            ops.add(new Op.Broadcast(lhs, new Cell(Operand.LHS, row, 0)));
            for (int v = 0; v < shape.vectors(); v++) {
                ops.add(new Op.FusedMultiplyAdd(shape.sum(row, v), lhs, f32("rhs" + v)));
            }
        }
        return ops;
    }

    private static List<Op> finish(Program shape, boolean bias, boolean clamp) {
        final List<Op> ops = new ArrayList<>();
        for (int v = 0; v < shape.vectors(); v++) {
            Register result = shape.rowSum(v);
            if (bias) {
                final Register addend = f32("bias" + v);
                final Register biased = f32("biased" + v);
                ops.add(new Op.Load(addend, new Cell(Operand.BIAS, 0, v)));
                ops.add(new Op.Add(biased, result, addend));
                result = biased;
            }
            if (clamp) {
                final Register clamped = f32("clamped" + v);
                ops.add(new Op.Clamp(clamped, result));
                result = clamped;
            }
            ops.add(new Op.Store(result, new Cell(Operand.DST, 0, v)));
        }
        return ops;
    }

    private static Register f32(String name) {
        return new Register(name, LaneType.F32);
    }
}
