package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.ADDS;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_EQ;
import static dev.tilesmith.processor.asm.aarch64.Op.B_GE;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.SDOT;
import static dev.tilesmith.processor.asm.aarch64.Op.SMMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.asm.aarch64.Op.TBNZ;
import static dev.tilesmith.processor.asm.aarch64.Op.TBZ;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.FLAGS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANEL;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.RHS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.STEPS;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
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
    private static final int VECTOR_BYTES = 16;
    private static final int ELEMENTS = 4;

    /** Bits of the flags. */
    private static final int RESUME = Integer.numberOfTrailingZeros(NativeArguments.RESUME);

    private static final int FINISH = Integer.numberOfTrailingZeros(NativeArguments.FINISH);

    private final Assembler asm;
    private final Program program;
    private final String name;
    private final boolean blocks;
    private final Map<Register, Integer> vectors = new HashMap<>();
    private final int firstFree;
    private final NeonRows rows;
    private final NeonTileEnd end;

    NeonTileCode(Assembler asm, Program program) {
        this.asm = asm;
        this.program = program;
        this.name = entry(program).name();
        this.blocks = !program.join().isEmpty();
        program.accumulators().forEach(this::assign);
        this.rows = new NeonRows(asm, program, blocks ? 2 : 1);
        this.firstFree = vectors.size() + rows.groups();
        this.end = new NeonTileEnd(asm, program, name, rows, this::sum, this::scratch);
        NeonRegisters.requireRoom(program, firstFree + 1, rows.groups());
    }

    /** Where a tile's code begins. */
    static Label entry(Program program) {
        return new Label("tile" + program.mr() + "x" + program.nr());
    }

    private void assign(Register register) {
        vectors.put(register, vectors.size());
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
        end.leave(done);
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
            end.eachRow("resume", LDR, LD1);
            asm.bind(label("steps"));
        }
        rows.begin();
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
                for (int group = 0; group < rows.groups(); group++) {
                    rows.load(Scalar.q(lhs(group)), group);
                }
                rows.advance(VECTOR_BYTES);
                steps.multiply(0);
            }
        } else {
            for (int group = 0; group < rows.groups(); group++) {
                rows.load(count == ELEMENTS ? Scalar.q(lhs(group)) : Scalar.s(lhs(group)), group);
            }
            rows.advance(count * Integer.BYTES);
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
        return firstFree + turn % (NeonRegisters.VECTORS - firstFree);
    }

    /** A register that nothing is kept in once the last step is done. */
    private V scratch(int index) {
        return V.s4(program.accumulators().size() + index);
    }

    /** Sums of two rows are parted, in the registers that have them. */
    private void join() {
        final List<Op.Halves> first = new ArrayList<>();
        final Map<Register, Integer> joined = new HashMap<>();
        for (final Op op : program.join()) {
            if (op instanceof Op.Halves(Register to, Register a, Register b, boolean second)) {
                joined.put(to, vectors.get(second ? b : a));
                if (!second) {
                    first.add(new Op.Halves(to, a, b, false));
                }
            }
        }
        for (final Op.Halves halves : first) {
            end.part(vector(halves.a()), vector(halves.b()));
        }
        vectors.putAll(joined);
    }

    private V sum(int row, int v) {
        return vector(program.sum(row, v));
    }

    private void finish() {
        if (integers()) {
            end.finishSums();
        } else {
            asm.emit(TBZ, FLAGS, new Imm(FINISH), label("store"));
            end.addBias();
        }
    }
}
