package dev.tilesmith.processor.program;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Collects the passes of an epilogue over the vectors of a tile. */
final class EpilogueBuilder {
    private final int vectors;
    private final List<ColumnPart> parts = new ArrayList<>();
    private final List<Pass> passes = new ArrayList<>();
    private final List<Op.Load> once = new ArrayList<>();
    private final List<Op> row = new ArrayList<>();

    EpilogueBuilder(int vectors) {
        this.vectors = vectors;
    }

    /** Something for each vector of columns. */
    void eachVector(IntConsumer vector) {
        for (int v = 0; v < vectors; v++) {
            vector.accept(v);
        }
    }

    /** Adds an operation for each row. */
    void add(Op op) {
        row.add(op);
    }

    /** Loads a part of the row. */
    Register load(Role role, LaneType type, RowPart part) {
        final Register to = new Register(role, type, Register.OF_ROW);
        row.add(new Op.LoadOfRow(to, part));
        return to;
    }

    /** Loads a part of a vector of columns, for each row anew. */
    Register load(Role role, LaneType type, ColumnPart part, int vector) {
        final Register to = new Register(role, type, vector);
        uses(part);
        row.add(new Op.Load(to, part));
        return to;
    }

    /** Loads a part of a vector of columns before the rows. */
    Register loadOnce(Role role, LaneType type, ColumnPart part, int vector) {
        final Register to = new Register(role, type, vector);
        uses(part);
        once.add(new Op.Load(to, part));
        return to;
    }

    private void uses(ColumnPart part) {
        if (!parts.contains(part)) {
            parts.add(part);
        }
    }

    /** Ends a pass, if there is something in it. */
    void endPass() {
        if (!row.isEmpty()) {
            passes.add(new Pass(once, row));
        }
        once.clear();
        row.clear();
    }

    Epilogue build() {
        endPass();
        return new Epilogue(parts, passes);
    }
}
