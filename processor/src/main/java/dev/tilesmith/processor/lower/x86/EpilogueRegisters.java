package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The vector registers of an epilogue. A value takes that of the first operand of its operation, if nothing reads this
 * afterwards and both are of a vector of columns, or both of the row; so results stay where the sums were. Else it takes the
 * first scratch register that is free, until it is read for the last time.
 */
final class EpilogueRegisters {
    private final IntFunction<Vec> scratch;
    private final BitSet taken = new BitSet();
    private final Map<Vec, Integer> scratchIndexes = new HashMap<>();
    private final List<Map<Register, Vec>> rows = new ArrayList<>();
    private final Map<Register, Vec> ofAllRows = new HashMap<>();
    private final Map<Register, Op> lastReads = new HashMap<>();
    private final Map<Register, ColumnPart> loads = new HashMap<>();
    private final Map<Register, Float> constants = new HashMap<>();
    private final Map<Register, Integer> reads = new HashMap<>();
    private final Map<Register, Pass> foldable = new HashMap<>();

    /** Where the sums, or totals, of a tile are. */
    interface Results {
        Vec at(int row, int vector);
    }

    /**
     * The registers for {@code program}.
     *
     * @param results where its sums are
     * @param scratch registers that hold no sum, from the first on; it throws where there is none
     */
    EpilogueRegisters(Program program, Results results, IntFunction<Vec> scratch) {
        this.scratch = scratch;
        for (int row = 0; row < program.mr(); row++) {
            final Map<Register, Vec> ofRow = new HashMap<>();
            for (int v = 0; v < program.vectors(); v++) {
                ofRow.put(program.contraction().result(v), results.at(row, v));
            }
            rows.add(ofRow);
        }
        program.epilogue().passes().forEach(this::count);
    }

    private void count(Pass pass) {
        for (final Op op : pass.ops()) {
            switch (op) {
                case Op.Load(Register to, ColumnPart part) -> loads.put(to, part);
                case Op.Constant(Register to, float value) -> constants.put(to, value);
                case Op.Computing _, Op.Bounding _, Op.Storing _ -> {} // is in a register
            }
            op.reads().forEach(read -> {
                lastReads.put(read, op);
                reads.merge(read, 1, Integer::sum);
            });
        }
        for (final Op op : pass.row()) {
            op.writes()
                    .filter(to -> loads.containsKey(to) || constants.containsKey(to))
                    .filter(to -> pass.row().stream()
                            .anyMatch(reader -> reader.reads().contains(to)))
                    .ifPresent(to -> foldable.put(to, pass));
        }
    }

    /** Whether what is loaded, or a constant, is read once, in the same pass, so that it may stay in memory until then. */
    boolean isFolded(Register loaded) {
        return foldable.containsKey(loaded) && reads.getOrDefault(loaded, 0) == 1;
    }

    /** What is loaded to a register. */
    ColumnPart part(Register loaded) {
        return loads.get(loaded);
    }

    /** The constant that a register has, if it has one. */
    Optional<Float> constant(Register register) {
        return Optional.ofNullable(constants.get(register));
    }

    /** Whether a value is in a register. */
    boolean has(Register register, int row) {
        return rows.get(row).containsKey(register) || ofAllRows.containsKey(register);
    }

    /** Where a value is. */
    Vec of(Register register, int row) {
        final Vec ofAll = ofAllRows.get(register);
        final Vec vec = ofAll == null ? rows.get(row).get(register) : ofAll;
        if (vec == null) {
            throw new IllegalArgumentException("register " + register + " is read before it is written");
        }
        return vec;
    }

    /** A scratch register, until it is released. */
    Vec take() {
        final int index = taken.nextClearBit(0);
        final Vec vec = scratch.apply(index);
        taken.set(index);
        scratchIndexes.put(vec, index);
        return vec;
    }

    /** A scratch register for a value of a row. */
    Vec take(Register to, int row) {
        final Vec vec = take();
        rows.get(row).put(to, vec);
        return vec;
    }

    /** A scratch register for a value that all rows read. */
    Vec takeForAll(Register to) {
        final Vec vec = take();
        ofAllRows.put(to, vec);
        return vec;
    }

    /** Whether a value is in a register that {@code op} may take over: it is the last that reads it. */
    boolean isLastRead(Register register, Op op, int row) {
        return rows.get(row).containsKey(register) && op.equals(lastReads.get(register));
    }

    /** The register of {@code from}, if {@code op} is the last that reads it; else a scratch register. */
    Vec takeOver(Register from, Op op, Register to, int row) {
        final Vec vec = rows.get(row).get(from);
        if (vec == null || from.isOfRow() != to.isOfRow() || !op.equals(lastReads.get(from))) {
            return take(to, row);
        }
        rows.get(row).remove(from);
        rows.get(row).put(to, vec);
        return vec;
    }

    /** Gives back what an operation was the last to read. */
    void release(Op op, int row) {
        for (final Register read : op.reads()) {
            if (op.equals(lastReads.get(read))) {
                final Vec vec = rows.get(row).remove(read);
                if (vec != null) {
                    release(vec);
                }
            }
        }
    }

    /** Gives back a scratch register; another is a result's. */
    void release(Vec vec) {
        final Integer index = scratchIndexes.remove(vec);
        if (index != null) {
            taken.clear(index);
        }
    }

    /** Gives back what is kept for all rows, and was read for the last time in {@code pass}. */
    void release(Pass pass) {
        for (final Register register : List.copyOf(ofAllRows.keySet())) {
            final Op last = lastReads.get(register);
            if (last != null && pass.row().contains(last)) {
                release(ofAllRows.remove(register));
            }
        }
    }
}
