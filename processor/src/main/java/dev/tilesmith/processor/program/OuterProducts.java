package dev.tilesmith.processor.program;

import dev.tilesmith.processor.program.Cell.Operand;
import java.util.ArrayList;
import java.util.List;

/** What programs of outer products have in common, whatever they multiply. */
final class OuterProducts {
    private OuterProducts() {}

    /** An outer product. */
    interface Product {
        Op of(Register tile, Register a, Register b);
    }

    /** How a vector of columns is loaded. */
    interface ColumnLoad {
        Op of(Register to, Cell from);
    }

    /** Loads all vectors of rows and of columns, and multiplies each with each. */
    static List<Op> step(Program shape, LaneType type, Product product) {
        return step(shape, type, Op.Load::new, product);
    }

    /** The same, where vectors of columns are loaded as {@code columns} says. */
    static List<Op> step(Program shape, LaneType type, ColumnLoad columns, Product product) {
        final List<Op> ops = new ArrayList<>();
        for (int rows = 0; rows < shape.rowVectors(); rows++) {
            ops.add(new Op.Load(lhs(rows, type), new Cell(Operand.LHS_ROWS, 0, rows)));
        }
        for (int v = 0; v < shape.vectors(); v++) {
            ops.add(columns.of(rhs(v, type), new Cell(Operand.RHS, 0, v)));
        }
        for (int rows = 0; rows < shape.rowVectors(); rows++) {
            for (int v = 0; v < shape.vectors(); v++) {
                ops.add(product.of(shape.tile(rows, v), lhs(rows, type), rhs(v, type)));
            }
        }
        return ops;
    }

    /** Takes the rows out of the tiles. */
    static List<Op> join(Program shape) {
        final List<Op> ops = new ArrayList<>();
        for (int row = 0; row < shape.mr(); row++) {
            for (int v = 0; v < shape.vectors(); v++) {
                ops.add(row(shape, row, v));
            }
        }
        return ops;
    }

    /** Takes one row of a vector of columns out of its tile. */
    static Op row(Program shape, int row, int vector) {
        return new Op.TileRow(shape.sum(row, vector), shape.tile(row / shape.lanes(), vector), row % shape.lanes());
    }

    private static Register lhs(int rowVector, LaneType type) {
        return new Register("lhs" + rowVector, type);
    }

    private static Register rhs(int vector, LaneType type) {
        return new Register("rhs" + vector, type);
    }
}
