package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.ADDS;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_EQ;
import static dev.tilesmith.processor.asm.aarch64.Op.B_GE;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LE;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.FADD;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTNS;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.FMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1R;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MADD;
import static dev.tilesmith.processor.asm.aarch64.Op.MLS;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.SCVTF;
import static dev.tilesmith.processor.asm.aarch64.Op.SDOT;
import static dev.tilesmith.processor.asm.aarch64.Op.SMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.SMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.SMMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.SQADD;
import static dev.tilesmith.processor.asm.aarch64.Op.SQXTN;
import static dev.tilesmith.processor.asm.aarch64.Op.ST1;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.asm.aarch64.Op.TBNZ;
import static dev.tilesmith.processor.asm.aarch64.Op.TBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP2;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.DST_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.FLAGS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.INDEX;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.LHS_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.METADATA;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANEL;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.RHS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.STEPS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.TILE_DST;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.TILE_LHS;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.LaneType;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.runtime.NativeArguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The code of one tile in Advanced SIMD. What is broadcast in the program is an element of a vector here: a vector of
 * the left operand has the values of one row for four steps, which are taken together.
 *
 * <p>Accumulators come first among the registers, then a vector of each row; the rest take turns at the right operand,
 * each vector of which is used for all rows at once.
 */
final class NeonTileCode {
    private static final int VECTOR_REGISTERS = 32;
    private static final int VECTOR_BYTES = 16;
    private static final int ELEMENTS = 4;

    /** Bits of the flags. */
    private static final int RESUME = Integer.numberOfTrailingZeros(NativeArguments.RESUME);

    private static final int FINISH = Integer.numberOfTrailingZeros(NativeArguments.FINISH);
    private static final int CLAMP = Integer.numberOfTrailingZeros(NativeArguments.CLAMP);

    private final Assembler asm;
    private final Program program;
    private final String name;
    private final boolean blocks;
    private final Map<Register, Integer> vectors = new HashMap<>();
    private final int firstFree;

    NeonTileCode(Assembler asm, Program program) {
        this.asm = asm;
        this.program = program;
        this.name = entry(program).name();
        this.blocks = !program.join().isEmpty();
        program.accumulators().forEach(this::assign);
        this.firstFree = vectors.size() + groups();
        if (firstFree >= VECTOR_REGISTERS || groups() > NeonRegisters.MAX_ROWS) {
            throw new IllegalArgumentException("tile of " + program.mr() + " x " + program.nr() + " needs more than "
                    + VECTOR_REGISTERS + " vector registers or " + NeonRegisters.MAX_ROWS + " pointers");
        }
    }

    /** Where a tile's code begins. */
    static Label entry(Program program) {
        return new Label("tile" + program.mr() + "x" + program.nr());
    }

    private void assign(Register register) {
        vectors.put(register, vectors.size());
    }

    /** Rows, or pairs of rows, that are read together. */
    private int groups() {
        return blocks ? (program.mr() + 1) / 2 : program.mr();
    }

    private Label label(String place) {
        return new Label(name + "_" + place);
    }

    void emit(Label done) {
        asm.bind(entry(program));
        begin();
        loops();
        asm.bind(label("finish"));
        join();
        finish();
        asm.bind(label("store"));
        store();
        advance();
        asm.emit(B, done);
    }

    private boolean integers() {
        return program.sumType() == LaneType.I32;
    }

    /** Zero, or what the result holds from an earlier block of K. */
    private void begin() {
        if (!integers()) {
            asm.emit(TBNZ, FLAGS, new Imm(RESUME), label("resume"));
        }
        program.accumulators().forEach(sum -> asm.emit(MOVI, vector(sum), new Imm(0)));
        if (!integers()) {
            asm.emit(B, label("steps"));
            asm.bind(label("resume"));
            eachRow("resume", LDR, LD1);
            asm.bind(label("steps"));
        }
        asm.emit(MOV, NeonRegisters.row(0), TILE_LHS);
        for (int group = 1; group < groups(); group++) {
            asm.emit(ADD, NeonRegisters.row(group), NeonRegisters.row(group - 1), LHS_STRIDE);
        }
        asm.emit(MOV, INDEX, new Imm(0));
        asm.emit(MOV, PANEL, RHS);
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.STEPS));
    }

    /** Several steps at once, and the rest one by one. */
    private void loops() {
        final int atOnce = blocks ? 2 : ELEMENTS;
        asm.emit(SUBS, STEPS, STEPS, new Imm(atOnce));
        asm.emit(B_LT, label("rest"));
        asm.align(32);
        asm.bind(label("loop"));
        steps(atOnce);
        asm.emit(SUBS, STEPS, STEPS, new Imm(atOnce));
        asm.emit(B_GE, label("loop"));
        asm.bind(label("rest"));
        asm.emit(ADDS, STEPS, STEPS, new Imm(atOnce));
        asm.emit(B_EQ, label("finish"));
        asm.bind(label("step"));
        steps(1);
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, label("step"));
    }

    private void steps(int count) {
        final Steps steps = new Steps();
        if (blocks) {
            for (int step = 0; step < count; step++) {
                for (int group = 0; group < groups(); group++) {
                    asm.emit(LDR, Scalar.q(lhs(group)), Mem.at(NeonRegisters.row(group), INDEX));
                }
                asm.emit(ADD, INDEX, INDEX, new Imm(VECTOR_BYTES));
                steps.multiply(0);
            }
        } else {
            for (int group = 0; group < groups(); group++) {
                final Scalar values = count == ELEMENTS ? Scalar.q(lhs(group)) : Scalar.s(lhs(group));
                asm.emit(LDR, values, Mem.at(NeonRegisters.row(group), INDEX));
            }
            asm.emit(ADD, INDEX, INDEX, new Imm(count * (long) Integer.BYTES));
            for (int step = 0; step < count; step++) {
                steps.multiply(step);
            }
        }
        asm.emit(ADD, PANEL, PANEL, new Imm(steps.bytes));
    }

    /** Steps that are taken together: where their values of the panel are, and whose turn it is among the registers. */
    private final class Steps {
        private int bytes;
        private int turn;

        /** All products of a step, a vector of the right operand after the other. */
        void multiply(int element) {
            for (final Op op : program.step()) {
                if (op instanceof Op.Load(Register to, var from) && !isLhs(from.operand())) {
                    final int rhs = free(turn++);
                    asm.emit(LDR, Scalar.q(rhs), Mem.at(PANEL, bytes));
                    bytes += VECTOR_BYTES;
                    products(to, rhs, element);
                }
            }
        }

        private boolean isLhs(dev.tilesmith.processor.program.Cell.Operand operand) {
            return operand == dev.tilesmith.processor.program.Cell.Operand.LHS;
        }

        private void products(Register loaded, int rhs, int element) {
            for (final Op op : program.step()) {
                switch (op) {
                    case Op.FusedMultiplyAdd(Register sum, Register a, Register b)
                    when b.equals(loaded) ->
                        asm.emit(FMLA, vector(sum), V.s4(rhs), new V(lhsOf(a), Arrangement.S).lane(element));
                    case Op.Dot(Register sum, Register a, Register b)
                    when b.equals(loaded) ->
                        asm.emit(SDOT, vector(sum), V.b16(rhs), new V(lhsOf(a), Arrangement.B4).lane(element));
                    case Op.BlockDot(Register sum, Register a, Register b)
                    when b.equals(loaded) -> asm.emit(SMMLA, vector(sum), V.b16(lhsOf(a)), V.b16(rhs));
                    default -> {
                        // of another vector
                    }
                }
            }
        }
    }

    private int lhs(int group) {
        return vectors.size() + group;
    }

    /** The vector register of the row that a register of the program holds values of. */
    private int lhsOf(Register register) {
        for (final Op op : program.step()) {
            switch (op) {
                case Op.Broadcast(Register to, var from)
                when to.equals(register) -> {
                    return lhs(from.row());
                }
                case Op.Load(Register to, var from)
                when to.equals(register) -> {
                    return lhs(from.row() / 2);
                }
                default -> {
                    // loads something else
                }
            }
        }
        throw new IllegalArgumentException("register " + register + " is not loaded in the step");
    }

    private V vector(Register register) {
        return V.s4(vectors.get(register));
    }

    private int free(int turn) {
        return firstFree + turn % (VECTOR_REGISTERS - firstFree);
    }

    /** A register that nothing is kept in once the last step is done. */
    private V scratch(int index) {
        return V.s4(program.accumulators().size() + index);
    }

    /** Sums of two rows are parted, in the registers that have them. */
    private void join() {
        final List<Op.Halves> first = new ArrayList<>();
        final Map<Register, Integer> rows = new HashMap<>();
        for (final Op op : program.join()) {
            if (op instanceof Op.Halves(Register to, Register a, Register b, boolean second)) {
                rows.put(to, vectors.get(second ? b : a));
                if (!second) {
                    first.add(new Op.Halves(to, a, b, false));
                }
            }
        }
        for (final Op.Halves halves : first) {
            final V a = vector(halves.a()).as(Arrangement.D2);
            final V b = vector(halves.b()).as(Arrangement.D2);
            final V low = scratch(0).as(Arrangement.D2);
            asm.emit(ZIP1, low, a, b);
            asm.emit(ZIP2, b, a, b);
            asm.emit(MOV, a.as(Arrangement.B16), low.as(Arrangement.B16));
        }
        vectors.putAll(rows);
    }

    private V sum(int row, int v) {
        return vector(program.sum(row, v));
    }

    private void finish() {
        if (integers() && !has(Op.Broadcast.class)) {
            finishExact();
            return;
        }
        if (integers()) {
            scale();
        } else {
            asm.emit(TBZ, FLAGS, new Imm(FINISH), label("store"));
            addBias();
        }
        clamp();
    }

    private boolean has(Class<? extends Op> kind) {
        return program.finish().stream().anyMatch(kind::isInstance);
    }

    private void addBias() {
        if (!has(Op.Add.class)) {
            return;
        }
        for (int v = 0; v < program.vectors(); v++) {
            loadMetadata(scratch(0), 0, v);
            for (int row = 0; row < program.mr(); row++) {
                asm.emit(FADD, sum(row, v), sum(row, v), scratch(0));
            }
        }
    }

    private void loadMetadata(V to, int kind, int v) {
        asm.emit(
                LDR,
                Scalar.q(to.index()),
                Mem.at(METADATA, (long) kind * program.nr() * Integer.BYTES + (long) v * VECTOR_BYTES));
    }

    /**
     * {@code float(sum - zeroPoint * Σ w) * (scale * inverseScale) + bias}. The index has arrived where a row, or a pair
     * of rows, has its zero point and the inverse of its scale, those of the first row first.
     */
    private void scale() {
        final V weights = scratch(0);
        final V scales = scratch(1);
        final V bias = scratch(2);
        final V ofRow = scratch(3);
        final V scale = scratch(4);
        for (int v = 0; v < program.vectors(); v++) {
            loadMetadata(weights, 0, v);
            loadMetadata(scales, 1, v);
            if (has(Op.Add.class)) {
                loadMetadata(bias, 2, v);
            }
            for (int row = 0; row < program.mr(); row++) {
                final int element = blocks ? row % 2 * 2 : 0;
                final int group = blocks ? row / 2 : row;
                if (element == 0) {
                    final Scalar values = blocks ? Scalar.q(ofRow.index()) : Scalar.d(ofRow.index());
                    asm.emit(LDR, values, Mem.at(NeonRegisters.row(group), INDEX));
                }
                final V lane = ofRow.as(Arrangement.S);
                asm.emit(MLS, sum(row, v), weights, lane.lane(element));
                asm.emit(SCVTF, sum(row, v), sum(row, v));
                asm.emit(FMUL, scale, scales, lane.lane(element + 1));
                asm.emit(FMUL, sum(row, v), sum(row, v), scale);
                if (has(Op.Add.class)) {
                    asm.emit(FADD, sum(row, v), sum(row, v), bias);
                }
            }
        }
    }

    /**
     * The sums with what they begin with; where they are requantized {@code round(float(sum) * multiplier) + zeroPoint},
     * bounded. The conversion and the addition saturate at 32 bits, which no zero point brings back into int8. The block
     * has bounds within int8 whether or not the call asks for some, so that none is asked for.
     */
    private void finishExact() {
        final V beginning = scratch(0);
        final V multiplier = scratch(1);
        final V zeroPoint = scratch(2);
        for (int v = 0; v < program.vectors(); v++) {
            loadMetadata(beginning, 0, v);
            if (storesBytes()) {
                loadMetadata(multiplier, 1, v);
                loadMetadata(zeroPoint, 2, v);
            }
            for (int row = 0; row < program.mr(); row++) {
                final V sum = sum(row, v);
                asm.emit(ADD, sum, sum, beginning);
                if (storesBytes()) {
                    asm.emit(SCVTF, sum, sum);
                    asm.emit(FMUL, sum, sum, multiplier);
                    asm.emit(FCVTNS, sum, sum);
                    asm.emit(SQADD, sum, sum, zeroPoint);
                }
            }
        }
        if (storesBytes()) {
            bound(NativeArguments.CLAMP_MIN, SMAX);
            bound(NativeArguments.CLAMP_MAX, SMIN);
        }
    }

    private boolean storesBytes() {
        return has(Op.StoreBytes.class);
    }

    /** Java's max and min are Arm's. */
    private void clamp() {
        if (!has(Op.Clamp.class)) {
            return;
        }
        asm.emit(TBZ, FLAGS, new Imm(CLAMP), label("store"));
        bound(NativeArguments.CLAMP_MIN, FMAX);
        bound(NativeArguments.CLAMP_MAX, FMIN);
    }

    private void bound(int argument, dev.tilesmith.processor.asm.aarch64.Op op) {
        asm.emit(ADD, SCRATCH, ARGUMENTS, new Imm(argument));
        asm.emit(LD1R, RegisterList.list(scratch(0), 1), Mem.at(SCRATCH));
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(op, sum(row, v), sum(row, v), scratch(0));
            }
        }
    }

    private void store() {
        if (storesBytes()) {
            storeBytes();
        } else {
            eachRow("store", STR, ST1);
        }
    }

    /** Whole vectors always: the caller has room for those of the last panel. */
    private void storeBytes() {
        asm.emit(MOV, SCRATCH, TILE_DST);
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                final int sum = sum(row, v).index();
                asm.emit(SQXTN, new V(sum, Arrangement.H4), V.s4(sum));
                asm.emit(SQXTN, new V(sum, Arrangement.B8), new V(sum, Arrangement.H8));
                asm.emit(STR, Scalar.s(sum), Mem.at(SCRATCH, v * (long) ELEMENTS));
            }
            nextRow(row);
        }
    }

    /** Moves each row between its registers and the result: whole vectors, or of the last panel just its columns. */
    private void eachRow(
            String what, dev.tilesmith.processor.asm.aarch64.Op whole, dev.tilesmith.processor.asm.aarch64.Op element) {
        asm.emit(MOV, SCRATCH, TILE_DST);
        asm.emit(CMP, COLUMNS, new Imm(program.nr()));
        asm.emit(B_NE, label(what + "_part"));
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(whole, Scalar.q(sum(row, v).index()), Mem.at(SCRATCH, v * (long) VECTOR_BYTES));
            }
            nextRow(row);
        }
        asm.emit(B, label(what + "_done"));
        asm.bind(label(what + "_part"));
        for (int row = 0; row < program.mr(); row++) {
            part(label(what + "_row" + row), row, element);
            nextRow(row);
        }
        asm.bind(label(what + "_done"));
    }

    private void nextRow(int row) {
        if (row + 1 < program.mr()) {
            asm.emit(ADD, SCRATCH, SCRATCH, DST_STRIDE);
        }
    }

    /** Value by value until there are no more columns. */
    private void part(Label done, int row, dev.tilesmith.processor.asm.aarch64.Op op) {
        asm.emit(MOV, INDEX, SCRATCH);
        for (int column = 0; column + 1 < program.nr(); column++) {
            final V values = sum(row, column / ELEMENTS).as(Arrangement.S);
            asm.emit(op, RegisterList.list(values, 1).lane(column % ELEMENTS), Mem.after(INDEX, Float.BYTES));
            asm.emit(CMP, COLUMNS, new Imm(column + 1));
            asm.emit(B_LE, done);
        }
        asm.bind(done);
    }

    private void advance() {
        asm.emit(MOV, SCRATCH, new Imm(groups()));
        asm.emit(MADD, TILE_LHS, SCRATCH, LHS_STRIDE, TILE_LHS);
        asm.emit(MOV, SCRATCH, new Imm(program.mr()));
        asm.emit(MADD, TILE_DST, SCRATCH, DST_STRIDE, TILE_DST);
    }
}
