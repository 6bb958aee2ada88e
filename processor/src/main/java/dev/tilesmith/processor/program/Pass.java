package dev.tilesmith.processor.program;

import java.util.ArrayList;
import java.util.List;

/**
 * One walk over the rows of a tile.
 *
 * @param once what is loaded before the first row, and stays for all
 * @param row what is done for each row, operations of one kind
 */
public record Pass(List<Op.Load> once, List<Op> row) {
    /** When operations are done, and what else may be done with them. */
    public enum Kind {
        /** Always, and in any pass. */
        COMPUTE,
        /** Where the call asks for bounds. */
        BOUND,
        /** At last. */
        STORE;

        /** That of an operation. */
        public static Kind of(Op op) {
            return switch (op) {
                case Op.Computing _ -> COMPUTE;
                case Op.Bounding _ -> BOUND;
                case Op.Storing _ -> STORE;
            };
        }
    }

    /** Makes the lists immutable, and refuses operations of different kinds. */
    public Pass {
        once = List.copyOf(once);
        row = List.copyOf(row);
        if (row.stream().map(Kind::of).distinct().count() != 1) {
            throw new IllegalArgumentException("row: " + row + "; a pass has operations of one kind, and one at least");
        }
    }

    /** A pass that loads nothing beforehand. */
    public Pass(List<Op> row) {
        this(List.of(), row);
    }

    /** When it is done. */
    public Kind kind() {
        return Kind.of(row.getFirst());
    }

    /** All its operations. */
    public List<Op> ops() {
        final List<Op> ops = new ArrayList<>(once);
        ops.addAll(row);
        return ops;
    }
}
