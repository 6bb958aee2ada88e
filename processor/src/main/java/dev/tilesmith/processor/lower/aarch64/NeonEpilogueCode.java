package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.FABS;
import static dev.tilesmith.processor.asm.aarch64.Op.FADD;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTNS;
import static dev.tilesmith.processor.asm.aarch64.Op.FDIV;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.FMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MLS;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MUL;
import static dev.tilesmith.processor.asm.aarch64.Op.NEG;
import static dev.tilesmith.processor.asm.aarch64.Op.SCVTF;
import static dev.tilesmith.processor.asm.aarch64.Op.SHL;
import static dev.tilesmith.processor.asm.aarch64.Op.SQADD;
import static dev.tilesmith.processor.asm.aarch64.Op.SUB;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.METADATA;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Operand;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.LaneType;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The epilogue of a tile in Advanced SIMD: each operation of the program. Passes that compute and follow one another are one.
 * It goes over the vectors of columns, loads what a vector's columns have, and goes over the rows: what a group of rows has is
 * loaded at once, and a value of a row is an element of a vector in products with it. A product that is only taken off is
 * multiplied and taken off by one instruction.
 */
final class NeonEpilogueCode {
    private static final int VECTOR_BYTES = 16;

    private final Assembler asm;
    private final Program program;
    private final String name;
    private final NeonRows rows;
    private final NeonEpilogueRegisters registers;
    private final NeonTileEnd end;
    private final NeonTileEnd.ResultAction bring;
    private final List<Pass> passes;
    private final Rounding rounding;

    /**
     * The epilogue of {@code program}.
     *
     * @param name what its labels begin with
     * @param rows its rows; where they are read, the index has arrived at what they have after their values
     * @param registers what hold results, and what hold none
     * @param end stores results
     * @param bring brings a result to its register, if it is not there
     */
    NeonEpilogueCode(
            Assembler asm,
            Program program,
            String name,
            NeonRows rows,
            NeonEpilogueRegisters registers,
            NeonTileEnd end,
            NeonTileEnd.ResultAction bring) {
        this.asm = asm;
        this.program = program;
        this.name = name;
        this.rows = rows;
        this.registers = registers;
        this.end = end;
        this.bring = bring;
        this.passes = merged(program.epilogue().passes());
        this.rounding = new Rounding(program.epilogue());
    }

    /**
     * Passes of which those that compute and follow one another are one, but for those that load nothing: these want registers
     * that others keep what is loaded in.
     */
    private static List<Pass> merged(List<Pass> passes) {
        final List<Pass> merged = new ArrayList<>();
        for (final Pass pass : passes) {
            if (!merged.isEmpty() && loads(pass) && merged.getLast().kind() == Pass.Kind.COMPUTE) {
                final Pass before = merged.removeLast();
                final List<Op.Load> once = new ArrayList<>(before.once());
                once.addAll(pass.once());
                final List<Op> row = new ArrayList<>(before.row());
                row.addAll(pass.row());
                merged.add(new Pass(once, row));
            } else {
                merged.add(pass);
            }
        }
        return merged;
    }

    /** Whether a pass computes with what columns or rows have. */
    private static boolean loads(Pass pass) {
        return pass.ops().stream().anyMatch(op -> op instanceof Op.Load || op instanceof Op.LoadOfRow);
    }

    /** Where sums go that are not complete. */
    static Label store(String name) {
        return new Label(name + "_store");
    }

    /** Adds the code. */
    void emit() {
        if (!readsRows(passes.getFirst())) {
            end.eachResult(bring);
        }
        for (int at = 0; at < passes.size(); at++) {
            final Pass pass = passes.get(at);
            if (pass.kind() == Pass.Kind.STORE || isBound(at - 1)) {
                asm.bind(begin(at));
            }
            switch (pass.kind()) {
                case COMPUTE -> compute(pass, at == 0 && readsRows(pass));
                case BOUND -> new NeonBounds(asm, program, registers).emit(pass, begin(at + 1));
                case STORE -> end.store(pass, registers);
            }
        }
        if (isBound(passes.size() - 1)) {
            asm.bind(begin(passes.size()));
        }
    }

    /** Where a pass begins. */
    private Label begin(int pass) {
        final boolean stores = pass < passes.size() && passes.get(pass).kind() == Pass.Kind.STORE;
        return stores ? store(name) : new Label(name + "_pass" + pass);
    }

    private boolean isBound(int pass) {
        return pass >= 0 && passes.get(pass).kind() == Pass.Kind.BOUND;
    }

    private static boolean readsRows(Pass pass) {
        return pass.row().stream().anyMatch(Op.LoadOfRow.class::isInstance);
    }

    private void compute(Pass pass, boolean brings) {
        final Set<Op.IntMultiply> takenOff = NeonTakingOff.products(pass);
        for (int v = 0; v < program.vectors(); v++) {
            final int vector = v;
            final List<Op> ofVector = pass.ops().stream()
                    .filter(op -> NeonEpilogueRegisters.vector(op) == vector)
                    .toList();
            ofVector.forEach(this::loadOfColumns);
            for (int row = 0; row < program.mr(); row++) {
                if (rows.inGroup(row) == 0) {
                    registers.releaseGroup();
                    loadGroup(pass, row);
                }
                if (brings) {
                    bring.at(row, v);
                }
                if (rows.inGroup(row) == 0) {
                    pass.row().stream()
                            .filter(op -> NeonEpilogueRegisters.vector(op) == Register.OF_ROW)
                            .forEach(this::computeOfGroup);
                }
                for (final Op op : ofVector) {
                    if (op instanceof Op.IntMultiply product && takenOff.contains(product)) {
                        continue; // where it is taken off
                    }
                    compute(op, row, takenOff);
                    registers.release(op, row);
                }
            }
            registers.releaseGroup();
            registers.releaseColumns();
        }
    }

    private void loadOfColumns(Op op) {
        if (op instanceof Op.Load(Register to, ColumnPart part)) {
            asm.emit(
                    LDR,
                    Scalar.q(registers.takeForColumns(to).index()),
                    Mem.at(METADATA, PanelColumns.of(program).offsetOf(part) + (long) to.vector() * VECTOR_BYTES));
        }
    }

    /** All parts of all rows of the group that begins with a row. */
    private void loadGroup(Pass pass, int row) {
        if (readsRows(pass)) {
            final int to = registers.takeForGroup().index();
            rows.load(rows.together() == 1 ? Scalar.d(to) : Scalar.q(to), rows.group(row));
            pass.row().forEach(op -> {
                if (op instanceof Op.LoadOfRow load) {
                    registers.put(load.to(), V.s4(to), load.from());
                }
            });
        }
    }

    private void computeOfGroup(Op op) {
        switch (op) {
            case Op.LoadOfRow _ -> {} // loaded with its group
            case Op.IntNegate(Register to, Register from) -> {
                final V value = registers.vectorOfGroup(from);
                asm.emit(NEG, registers.takeOverOfGroup(from, op, to), value);
            }
            case Op.Convert(Register to, Register from) -> {
                requireFloat(to);
                final V value = registers.vectorOfGroup(from);
                asm.emit(SCVTF, registers.takeOverOfGroup(from, op, to), value);
            }
            case Op.Computing _, Op.Bounding _, Op.Storing _ ->
                throw new IllegalArgumentException("no code of Advanced SIMD for what rows have: " + op);
        }
    }

    private static void requireFloat(Register to) {
        if (to.type() != LaneType.F32) {
            throw new IllegalArgumentException(
                    "no code of Advanced SIMD makes integers of floats that are some: " + to);
        }
    }

    private void compute(Op op, int row, Set<Op.IntMultiply> takenOff) {
        switch (op) {
            case Op.Load _ -> {} // loaded for all rows
            case Op.Divide(Register to, Register a, Register b) -> add(FDIV, op, to, a, b, row);
            case Op.Magnitude(Register to, Register from) -> convert(FABS, op, to, from, row);
            case Op.ScaleByPower(Register to, Register a, Register b) -> {
                final V shifted = registers.take();
                asm.emit(SHL, shifted, registers.of(b, row), new Imm(Op.ScaleByPower.EXPONENT));
                final V value = registers.of(a, row);
                asm.emit(ADD, registers.takeOver(a, op, to, row), value, shifted);
                registers.release(shifted);
            }
            case Op.Constant(Register to, float value) -> set(registers.take(to, row), value);
            case Op.AtLeast(Register to, Register from, float bound) -> bound(FMAX, op, to, from, bound, row);
            case Op.AtMost(Register to, Register from, float bound) -> bound(FMIN, op, to, from, bound, row);
            case Op.IntMultiply(Register to, Register a, Register b) -> multiply(MUL, op, to, a, b, row);
            case Op.Multiply(Register to, Register a, Register b) -> multiply(FMUL, op, to, a, b, row);
            case Op.IntAdd(Register to, Register a, Register b) ->
                add(rounding.saturates(a) || rounding.saturates(b) ? SQADD : ADD, op, to, a, b, row);
            case Op.Add(Register to, Register a, Register b) -> add(FADD, op, to, a, b, row);
            case Op.IntSubtract(Register to, Register a, Register b) ->
                takenOff.stream()
                        .filter(product -> product.to().equals(b))
                        .findFirst()
                        .ifPresentOrElse(
                                product -> accumulate(MLS, op, to, a, product.a(), product.b(), row),
                                () -> add(SUB, op, to, a, b, row));
            case Op.FusedMultiplyAdd(Register to, Register a, Register b, Register addend) ->
                accumulate(FMLA, op, to, addend, a, b, row);
            case Op.IntNegate(Register to, Register from) -> convert(NEG, op, to, from, row);
            case Op.Convert(Register to, Register from) -> {
                requireFloat(to);
                convert(SCVTF, op, to, from, row);
            }
            case Op.Round(Register to, Register from) -> convert(FCVTNS, op, to, from, row);
            case Op.LoadOfRow _, Op.Bounding _, Op.Storing _ ->
                throw new IllegalStateException("in a pass that computes vectors of columns: " + op);
        }
    }

    /** Sets all lanes to a constant, which lies behind the code. */
    private void set(V to, float value) {
        final float[] lanes = {value, value, value, value};
        asm.emit(LDR, Scalar.q(to.index()), asm.constant(lanes, VECTOR_BYTES));
    }

    /** Java's max and min are Arm's. */
    private void bound(
            dev.tilesmith.processor.asm.aarch64.Op code, Op op, Register to, Register from, float value, int row) {
        final V before = registers.of(from, row);
        final V bound = registers.take();
        set(bound, value);
        asm.emit(code, registers.takeOver(from, op, to, row), before, bound);
        registers.release(bound);
    }

    private void convert(dev.tilesmith.processor.asm.aarch64.Op code, Op op, Register to, Register from, int row) {
        final V value = registers.of(from, row);
        asm.emit(code, registers.takeOver(from, op, to, row), value);
    }

    private void add(dev.tilesmith.processor.asm.aarch64.Op code, Op op, Register to, Register a, Register b, int row) {
        final V first = registers.of(a, row);
        final V second = registers.of(b, row);
        asm.emit(code, registers.takeOver(a, op, to, row), first, second);
    }

    private void multiply(
            dev.tilesmith.processor.asm.aarch64.Op code, Op op, Register to, Register a, Register b, int row) {
        final Register first = a.isOfRow() ? b : a;
        final V value = registers.of(first, row);
        final Operand factor = factor(a.isOfRow() ? a : b, row);
        asm.emit(code, registers.takeOver(first, op, to, row), value, factor);
    }

    /** A product that is added to something, or taken off. */
    private void accumulate(
            dev.tilesmith.processor.asm.aarch64.Op code,
            Op op,
            Register to,
            Register from,
            Register a,
            Register b,
            int row) {
        final V before = registers.of(from, row);
        final V value = registers.of(a.isOfRow() ? b : a, row);
        final Operand factor = factor(a.isOfRow() ? a : b, row);
        final V sum = registers.takeOver(from, op, to, row);
        if (!sum.equals(before)) {
            asm.emit(MOV, sum.as(Arrangement.B16), before.as(Arrangement.B16));
        }
        asm.emit(code, sum, value, factor);
    }

    private Operand factor(Register register, int row) {
        return register.isOfRow() ? registers.element(register, row) : registers.of(register, row);
    }
}
