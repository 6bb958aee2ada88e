package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VADDPS;
import static dev.tilesmith.processor.asm.x86.Op.VANDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPS2DQ;
import static dev.tilesmith.processor.asm.x86.Op.VCVTTPS2DQ;
import static dev.tilesmith.processor.asm.x86.Op.VDIVPS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD213PS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD231PS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPMULLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSLLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSUBD;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.METADATA;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Operand;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.LaneType;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.processor.program.RowPart;

/**
 * The epilogue of a tile: each pass of the program, each operation of it, in their order. What belongs to columns is a memory
 * operand where it is read once.
 */
final class EpilogueCode {
    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final LhsRows rows;
    private final Columns columns;
    private final EpilogueRegisters registers;
    private final TileEnd end;
    private final ConstantPlaces constantPlaces;

    /** Where a panel's metadata are. */
    interface Columns {
        /** The register that the code sets to them. */
        Gpr base();

        /** A part of a vector of columns. */
        Mem at(ColumnPart part, int vector);
    }

    /**
     * The epilogue of {@code program}.
     *
     * @param rows those of the left operand
     * @param columns where what belongs to columns is
     * @param registers what hold results, and what hold none
     * @param end stores results
     */
    EpilogueCode(
            Assembler asm,
            Isa isa,
            Program program,
            LhsRows rows,
            Columns columns,
            EpilogueRegisters registers,
            TileEnd end) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.rows = rows;
        this.columns = columns;
        this.registers = registers;
        this.end = end;
        this.constantPlaces = new ConstantPlaces(asm, isa);
    }

    /** The same of one panel. */
    static Columns metadata(Gpr base, Isa isa, PanelColumns columns) {
        return new Columns() {
            @Override
            public Gpr base() {
                return base;
            }

            @Override
            public Mem at(ColumnPart part, int vector) {
                return mem(base, columns.offsetOf(part) + vector * isa.bits() / 8);
            }
        };
    }

    /** Where sums go that are not complete. */
    static Label store(Program program) {
        return TileCode.label(program, "store");
    }

    /** Adds the code. */
    void emit() {
        boolean set = false;
        for (int at = 0; at < program.epilogue().passes().size(); at++) {
            final Pass pass = program.epilogue().passes().get(at);
            if (pass.kind() == Pass.Kind.STORE || isBound(at - 1)) {
                asm.bind(begin(at));
            }
            if (!set && pass.ops().stream().anyMatch(Op.Load.class::isInstance)) {
                asm.emit(MOV, columns.base(), mem(ARGUMENTS, METADATA));
                set = true;
            }
            switch (pass.kind()) {
                case COMPUTE -> compute(pass);
                case BOUND -> {
                    bound(pass, begin(at + 1));
                    set = false; // where the base is the register that flags are tested in
                }
                case STORE -> end.store(pass, registers);
            }
        }
        if (isBound(program.epilogue().passes().size() - 1)) {
            asm.bind(begin(program.epilogue().passes().size()));
        }
    }

    /** Where a pass begins. */
    private Label begin(int pass) {
        final boolean stores = pass < program.epilogue().passes().size()
                && program.epilogue().passes().get(pass).kind() == Pass.Kind.STORE;
        return stores ? store(program) : TileCode.label(program, "pass" + pass);
    }

    private boolean isBound(int pass) {
        return pass >= 0 && program.epilogue().passes().get(pass).kind() == Pass.Kind.BOUND;
    }

    private void compute(Pass pass) {
        final PassConstants constants = new PassConstants(asm, registers);
        for (final Op.Load load : pass.once()) {
            asm.emit(VMOVUPS, registers.takeForAll(load.to()), place(load.to()));
        }
        pass.row().forEach(constants::addThoseOf);
        for (int row = 0; row < program.mr(); row++) {
            for (final Op op : pass.row()) {
                compute(op, row, constants);
                registers.release(op, row);
            }
        }
        constants.release();
        registers.release(pass);
    }

    private void compute(Op op, int row, PassConstants constants) {
        switch (op) {
            case Op.Load(Register to, ColumnPart _) -> fetchUnlessFolded(to, row);
            case Op.Constant(Register to, float _) -> fetchUnlessFolded(to, row);
            case Op.AtLeast(Register to, Register from, float bound) -> atLeast(op, to, from, bound, row);
            case Op.AtMost(Register to, Register from, float bound) -> {
                final Vec value = vector(from, row);
                final Vec most = bound(bound);
                asm.emit(VMINPS, registers.takeOver(from, op, to, row), most, value);
                registers.release(most);
            }
            case Op.LoadOfRow(Register to, RowPart part) -> loadOfRow(registers.take(to, row), part, row);
            case Op.IntMultiply(Register to, Register a, Register b) -> commutative(VPMULLD, op, to, a, b, row);
            case Op.IntAdd(Register to, Register a, Register b) -> commutative(VPADDD, op, to, a, b, row);
            case Op.Multiply(Register to, Register a, Register b) -> commutative(VMULPS, op, to, a, b, row);
            case Op.Add(Register to, Register a, Register b) -> commutative(VADDPS, op, to, a, b, row);
            case Op.IntSubtract(Register to, Register a, Register b) -> {
                final Vec from = vector(a, row);
                final Operand less = source(b, row);
                asm.emit(VPSUBD, registers.takeOver(a, op, to, row), from, less);
            }
            case Op.IntNegate(Register to, Register from) -> {
                final Operand value = source(from, row);
                asm.emit(VPSUBD, registers.takeOver(from, op, to, row), constants.zero(), value);
            }
            case Op.Convert(Register to, Register from) -> {
                final Operand value = source(from, row);
                asm.emit(conversion(to.type()), registers.takeOver(from, op, to, row), value);
            }
            case Op.FusedMultiplyAdd fma -> multiplyAdd(fma, row);
            case Op.Divide(Register to, Register a, Register b) -> {
                final Vec from = vector(a, row);
                final Operand divisor = source(b, row);
                asm.emit(VDIVPS, registers.takeOver(a, op, to, row), from, divisor);
            }
            case Op.ScaleByPower scaled -> scaleByPower(scaled, row);
            case Op.Magnitude(Register to, Register from) -> {
                final Vec value = vector(from, row);
                final Mem mask = constantPlaces.operand(Float.intBitsToFloat(Integer.MAX_VALUE));
                asm.emit(VANDPS, registers.takeOver(from, op, to, row), value, mask);
            }
            case Op.Round(Register to, Register from) -> {
                final Vec value = vector(from, row);
                final Vec rounded = registers.takeOver(from, op, to, row);
                asm.emit(VMAXPS, rounded, value, constants.lowest());
                asm.emit(VMINPS, rounded, rounded, constants.highest());
                asm.emit(VCVTPS2DQ, rounded, rounded);
            }
            case Op.Bounding _, Op.Storing _ -> throw new IllegalStateException("in a pass that computes: " + op);
        }
    }

    /** The pointers to the rows are behind their values when all of K is done. */
    private void loadOfRow(Vec to, RowPart part, int row) {
        switch (part) {
            case ZERO_POINT -> asm.emit(VPBROADCASTD, to, rows.row(row));
            case INVERSE_SCALE -> asm.emit(VBROADCASTSS, to, rows.row(row).plus(Integer.BYTES));
        }
    }

    private static dev.tilesmith.processor.asm.x86.Op conversion(LaneType to) {
        return switch (to) {
            case F32 -> VCVTDQ2PS;
            case I32 -> VCVTTPS2DQ;
        };
    }

    /** A value in memory: of columns, or a constant. */
    private Mem place(Register inMemory) {
        return registers
                .constant(inMemory)
                .map(constantPlaces::operand)
                .orElseGet(() -> columns.at(registers.part(inMemory), inMemory.vector()));
    }

    /** Brings a value from memory to a register. */
    private void fetch(Register inMemory, int row) {
        final Vec to = registers.take(inMemory, row);
        registers
                .constant(inMemory)
                .ifPresentOrElse(value -> constantPlaces.load(to, value), () -> asm.emit(VMOVUPS, to, place(inMemory)));
    }

    private void fetchUnlessFolded(Register inMemory, int row) {
        if (!registers.isFolded(inMemory)) {
            fetch(inMemory, row);
        }
    }

    /**
     * x86's max and min give the second source where either is NaN or both are zero, so that the value is second. There -0 would
     * remain where the bound is 0: added to that it is 0, and nothing else changes.
     */
    private void atLeast(Op op, Register to, Register from, float bound, int row) {
        final Vec value = vector(from, row);
        final Vec least = bound(bound);
        final Vec result = registers.takeOver(from, op, to, row);
        if (bound == 0f) {
            asm.emit(VADDPS, result, value, least);
            asm.emit(VMAXPS, result, least, result);
        } else {
            asm.emit(VMAXPS, result, least, value);
        }
        registers.release(least);
    }

    /** In the register of what is read for the last time: the addend's, else a factor's; else in one of its own. */
    private void multiplyAdd(Op.FusedMultiplyAdd op, int row) {
        final boolean swapped = !registers.isLastRead(op.a(), op, row);
        final Register factor = swapped ? op.b() : op.a();
        final Register other = swapped ? op.a() : op.b();
        if (!registers.isLastRead(op.addend(), op, row)
                && registers.isLastRead(factor, op, row)
                && !isInMemory(other, row)) {
            final Vec by = registers.of(other, row);
            final Operand addend = source(op.addend(), row);
            asm.emit(VFMADD213PS, registers.takeOver(factor, op, op.to(), row), by, addend);
        } else {
            addProduct(op, row);
        }
    }

    private void addProduct(Op.FusedMultiplyAdd op, int row) {
        final Register first = isInMemory(op.a(), row) ? op.b() : op.a();
        final Vec factor = vector(first, row);
        final Operand other = source(first.equals(op.a()) ? op.b() : op.a(), row);
        final Vec from = vector(op.addend(), row);
        final Vec sum = registers.takeOver(op.addend(), op, op.to(), row);
        if (!sum.equals(from)) {
            asm.emit(VMOVUPS, sum, from);
        }
        asm.emit(VFMADD231PS, sum, factor, other);
    }

    private void scaleByPower(Op.ScaleByPower op, int row) {
        final Vec value = vector(op.a(), row);
        final Vec shifted = registers.take();
        asm.emit(VPSLLD, shifted, vector(op.b(), row), new Imm(Op.ScaleByPower.EXPONENT));
        asm.emit(VPADDD, registers.takeOver(op.a(), op, op.to(), row), value, shifted);
        registers.release(shifted);
    }

    private Vec bound(float value) {
        final Vec bound = registers.take();
        constantPlaces.load(bound, value);
        return bound;
    }

    private boolean isInMemory(Register from, int row) {
        return registers.isFolded(from) && !registers.has(from, row);
    }

    /** A value, where it is. */
    private Operand source(Register from, int row) {
        return isInMemory(from, row) ? place(from) : registers.of(from, row);
    }

    /** A value in a register. */
    private Vec vector(Register from, int row) {
        if (isInMemory(from, row)) {
            fetch(from, row);
        }
        return registers.of(from, row);
    }

    /** An operation of which the second operand may be in memory, and which does not care which is. */
    private void commutative(
            dev.tilesmith.processor.asm.x86.Op code, Op op, Register to, Register a, Register b, int row) {
        final Register first = isInMemory(a, row) ? b : a;
        final Vec from = vector(first, row);
        final Operand other = source(first.equals(a) ? b : a, row);
        asm.emit(code, registers.takeOver(first, op, to, row), from, other);
    }

    private void bound(Pass pass, Label next) {
        asm.emit(MOV, SCRATCH.as(32), mem(ARGUMENTS, NativeArguments.FLAGS));
        asm.emit(TEST, SCRATCH.as(32), new Imm(NativeArguments.CLAMP));
        asm.emit(JE, next);
        new BoundsCode(asm, isa, program, registers).emit(pass);
    }
}
