package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Element;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.processor.program.RowPart;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The vector registers of an epilogue. A value of a vector of columns takes the register of an operand, if nothing reads this
 * afterwards; so results stay where the sums were. Else it takes the first scratch register that is free, until it is read for
 * the last time. What columns have is kept for all rows of their vector.
 *
 * <p>What a group of rows has is in the lanes of one vector: for each row its parts, in their order. What is computed of it is
 * computed of all rows of the group at once, and has the lanes of what it is computed of.
 */
final class NeonEpilogueRegisters {
    /** Lanes of a vector of a group that each of its rows takes. */
    private static final int ROW_PARTS = 2;

    private final NeonRows group;
    private final IntFunction<V> scratch;
    private final BitSet taken = new BitSet();
    private final Map<V, Integer> scratchIndexes = new HashMap<>();
    private final List<Map<Register, V>> rows = new ArrayList<>();
    private final Map<Register, V> ofColumns = new HashMap<>();
    private final Map<Register, OfGroup> ofGroup = new HashMap<>();
    private final Set<V> keptForGroup = new HashSet<>();
    private final Map<Register, Op> lastReads = new HashMap<>();

    /** What a group has, and in which lane its first row has it. */
    private record OfGroup(V vector, int lane) {}

    /**
     * The registers for {@code program}.
     *
     * @param rows its rows
     * @param results where its sums are
     * @param scratch registers that hold no sum, from the first on; it throws where there is none
     */
    NeonEpilogueRegisters(Program program, NeonRows rows, NeonResults results, IntFunction<V> scratch) {
        this.group = rows;
        this.scratch = scratch;
        for (int row = 0; row < program.mr(); row++) {
            final Map<Register, V> ofRow = new HashMap<>();
            for (int v = 0; v < program.vectors(); v++) {
                ofRow.put(program.contraction().result(v), results.at(row, v));
            }
            this.rows.add(ofRow);
        }
        program.epilogue().passes().forEach(pass -> vectorByVector(pass.ops())
                .forEach(op -> op.reads().forEach(read -> lastReads.put(read, op))));
    }

    /** What rows have, then what belongs to one vector of columns after the other. */
    private static List<Op> vectorByVector(List<Op> ops) {
        return ops.stream()
                .sorted(Comparator.comparingInt(NeonEpilogueRegisters::vector))
                .toList();
    }

    /** The vector of columns that an operation belongs to. */
    static int vector(Op op) {
        return op.writes().orElseGet(() -> op.reads().getFirst()).vector();
    }

    /** A scratch register, until it is released. */
    V take() {
        final int index = taken.nextClearBit(0);
        final V v = scratch.apply(index);
        taken.set(index);
        scratchIndexes.put(v, index);
        return v;
    }

    /** A scratch register for a value of a vector of columns. */
    V take(Register to, int row) {
        final V v = take();
        rows.get(row).put(to, v);
        return v;
    }

    /** Gives back a scratch register; another is a result's. */
    void release(V v) {
        final Integer index = scratchIndexes.remove(v);
        if (index != null) {
            taken.clear(index);
        }
    }

    /** Where a value of a vector of columns is. */
    V of(Register register, int row) {
        if (register.isOfRow()) {
            throw new IllegalArgumentException(
                    "no code of Advanced SIMD but products takes " + register + ", which a row has but once");
        }
        final V loaded = ofColumns.get(register);
        final V v = loaded == null ? rows.get(row).get(register) : loaded;
        if (v == null) {
            throw new IllegalArgumentException("register " + register + " is read where nothing is in it");
        }
        return v;
    }

    /** Where the value of a row is. */
    Element element(Register register, int row) {
        final OfGroup of = ofGroup(register);
        return of.vector().as(Arrangement.S).lane(ROW_PARTS * group.inGroup(row) + of.lane());
    }

    private OfGroup ofGroup(Register register) {
        final OfGroup of = ofGroup.get(register);
        if (of == null) {
            throw new IllegalArgumentException("register " + register + " is read where nothing is in it");
        }
        return of;
    }

    /** A vector of what a group has. */
    V vectorOfGroup(Register register) {
        return ofGroup(register).vector();
    }

    /** A scratch register for what a group of rows has, until the group is released. */
    V takeForGroup() {
        final V v = take();
        keptForGroup.add(v);
        return v;
    }

    /** Says that a group has a part in a vector. */
    void put(Register to, V vector, RowPart part) {
        final int lane =
                switch (part) {
                    case ZERO_POINT -> 0;
                    case INVERSE_SCALE -> 1;
                };
        ofGroup.put(to, new OfGroup(vector, lane));
    }

    /** The register of {@code from}, if it was computed and {@code op} is the last that reads it; else a scratch register. */
    V takeOverOfGroup(Register from, Op op, Register to) {
        final OfGroup of = ofGroup(from);
        final boolean shared = ofGroup.values().stream()
                        .filter(other -> other.vector().equals(of.vector()))
                        .count()
                > 1;
        final V v = shared || !op.equals(lastReads.get(from)) ? takeForGroup() : of.vector();
        ofGroup.put(to, new OfGroup(v, of.lane()));
        return v;
    }

    /** Gives back what a group had. */
    void releaseGroup() {
        keptForGroup.forEach(this::release);
        keptForGroup.clear();
        ofGroup.clear();
    }

    /** A scratch register for what columns have. */
    V takeForColumns(Register to) {
        final V v = take();
        ofColumns.put(to, v);
        return v;
    }

    /** Gives back what columns had. */
    void releaseColumns() {
        ofColumns.values().forEach(this::release);
        ofColumns.clear();
    }

    /** The register of {@code from}, if {@code op} is the last that reads it; else a scratch register. */
    V takeOver(Register from, Op op, Register to, int row) {
        final V before = rows.get(row).get(from);
        if (before == null || !op.equals(lastReads.get(from))) {
            return take(to, row);
        }
        rows.get(row).remove(from);
        rows.get(row).put(to, before);
        return before;
    }

    /** Gives back what an operation was the last to read. */
    void release(Op op, int row) {
        for (final Register read : op.reads()) {
            if (op.equals(lastReads.get(read))) {
                final V v = rows.get(row).remove(read);
                if (v != null) {
                    release(v);
                }
            }
        }
    }
}
