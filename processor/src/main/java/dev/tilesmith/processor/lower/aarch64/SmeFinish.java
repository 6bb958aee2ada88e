package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.FABS;
import static dev.tilesmith.processor.asm.aarch64.Op.FADD;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTZS;
import static dev.tilesmith.processor.asm.aarch64.Op.FDIV;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.FMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.FRINTN;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1RW;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1W;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MUL;
import static dev.tilesmith.processor.asm.aarch64.Op.NEG;
import static dev.tilesmith.processor.asm.aarch64.Op.SCVTF;
import static dev.tilesmith.processor.asm.aarch64.Op.SMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.SMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.SQADD;
import static dev.tilesmith.processor.asm.aarch64.Op.ST1B;
import static dev.tilesmith.processor.asm.aarch64.Op.ST1W;
import static dev.tilesmith.processor.asm.aarch64.Op.SUB;
import static dev.tilesmith.processor.asm.aarch64.Op.TBNZ;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.DST_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.FLAGS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.METADATA;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROW_METADATA;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SCRATCH;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Modifier;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.LaneType;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.processor.program.RowPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a program makes of the sums of a row. What belongs to columns is loaded once, before the first row; other
 * registers are free again after the operation that reads them last.
 */
final class SmeFinish {
    private static final int VECTOR_REGISTERS = 32;

    private static final int FINISH = Integer.numberOfTrailingZeros(NativeArguments.FINISH);

    private final Assembler asm;
    private final Program program;
    private final PanelColumns columns;
    private final String name;
    private final TreeSet<Integer> free = new TreeSet<>();
    private final Map<Register, Integer> ofColumns = new HashMap<>();
    private final Map<Register, Integer> ofRow = new HashMap<>();
    private final Map<Register, Integer> lastReads = new HashMap<>();
    private final Set<Register> bounded = new HashSet<>();
    private final Rounding rounding;
    private final SmeConstants constants;
    private final Z clampMin;
    private final Z clampMax;
    private int rows;

    /**
     * The finish of {@code program}.
     *
     * @param panelColumns columns of a panel
     * @param name begins its labels
     */
    SmeFinish(Assembler asm, Program program, int panelColumns, String name) {
        this.asm = asm;
        this.program = program;
        this.columns = PanelColumns.of(program, panelColumns);
        this.name = name;
        this.rounding = new Rounding(program.epilogue());
        this.constants = new SmeConstants(asm, program.epilogue());
        IntStream.range(program.vectors(), VECTOR_REGISTERS).forEach(free::add);
        this.clampMin = take();
        this.clampMax = take();
        final List<Op> ops = program.epilogue().vectorByVector();
        for (final Op op : ops) {
            if (op instanceof Op.Load(Register to, ColumnPart _)) {
                ofColumns.put(to, take().index());
            }
        }
        for (int at = 0; at < ops.size(); at++) {
            for (final Register read : ops.get(at).reads()) {
                lastReads.put(read, at);
            }
        }
    }

    private Z take() {
        if (free.isEmpty()) {
            throw new IllegalArgumentException("finishing " + program.vectors() + " vectors of columns needs more than "
                    + VECTOR_REGISTERS + " vector registers");
        }
        return Z.s(free.removeFirst());
    }

    /** Where the sums of a vector of columns are to be when a row begins: the first registers of all. */
    static Z sum(int vector) {
        return Z.s(vector);
    }

    /** Loads what belongs to columns, and bounds. */
    void begin() {
        asm.emit(ADD, SCRATCH, METADATA, COLUMN, Modifier.lsl(2));
        int at = 0;
        for (final ColumnPart part : program.epilogue().parts()) {
            at = load(part, at);
        }
        if (has(Op.Clamp.class) || has(Op.IntClamp.class)) {
            asm.emit(LD1RW, one(clampMin), ALL.zeroing(), Mem.at(ARGUMENTS, NativeArguments.CLAMP_MIN));
            asm.emit(LD1RW, one(clampMax), ALL.zeroing(), Mem.at(ARGUMENTS, NativeArguments.CLAMP_MAX));
        } else if (has(Op.StoreBytes.class)) {
            asm.emit(MOV, clampMin, new Imm(Byte.MIN_VALUE));
            asm.emit(MOV, clampMax, new Imm(Byte.MAX_VALUE));
        }
    }

    /** Loads a part where the pointer is {@code at} bytes from the metadata, and returns where it is then. */
    private int load(ColumnPart part, int at) {
        final List<Op.Load> loads = new ArrayList<>();
        for (final Op op : program.epilogue().vectorByVector()) {
            if (op instanceof Op.Load load && load.from() == part) {
                loads.add(load);
            }
        }
        if (loads.isEmpty()) {
            return at;
        }
        final int to = columns.offsetOf(part);
        if (to != at) {
            asm.emit(ADD, SCRATCH, SCRATCH, new Imm(to - at));
        }
        for (final Op.Load load : loads) {
            final int vector = load.to().vector();
            asm.emit(LD1W, one(z(load.to())), SmeRegisters.columns(vector).zeroing(), Mem.vectors(SCRATCH, vector));
        }
        return to;
    }

    private boolean has(Class<? extends Op> kind) {
        return program.epilogue().ops().stream().anyMatch(kind::isInstance);
    }

    /** Whether rows have values of their own beside their sums. */
    boolean readsRows() {
        return has(Op.LoadOfRow.class);
    }

    /** Finishes the row whose sums are in place, and stores it; stores sums as they are that are not complete. */
    void row() {
        final Label stored = new Label(name + "_stored" + rows);
        storeIncomplete(stored);
        constants.begin();
        ofRow.clear();
        for (int v = 0; v < program.vectors(); v++) {
            ofRow.put(program.contraction().result(v), sum(v).index());
        }
        final List<Op> ops = program.epilogue().vectorByVector();
        for (int at = 0; at < ops.size(); at++) {
            emit(ops.get(at), at);
            for (final Register read : ops.get(at).reads()) {
                release(read, at);
            }
        }
        free.removeIf(index -> index < program.vectors());
        asm.bind(stored);
        rows++;
    }

    /** Where sums go on from those of an earlier part of K. */
    private void storeIncomplete(Label stored) {
        if (program.contraction().resumes()) {
            final Label complete = new Label(name + "_complete" + rows);
            asm.emit(TBNZ, FLAGS, new Imm(FINISH), complete);
            for (int v = 0; v < program.vectors(); v++) {
                store(sum(v), v);
            }
            asm.emit(B, stored);
            asm.bind(complete);
        }
    }

    private void store(Z value, int vector) {
        asm.emit(ST1W, one(value), SmeRegisters.columns(vector), Mem.vectors(DST_AT, vector));
    }

    private void release(Register register, int at) {
        if (lastReads.getOrDefault(register, -1) == at && ofRow.containsKey(register)) {
            free.add(ofRow.remove(register));
        }
    }

    private void emit(Op op, int at) {
        switch (op) {
            case Op.Load _ -> {
                // of columns: loaded before
            }
            case Op.LoadOfRow(Register to, RowPart from) -> asm.emit(LD1RW, one(to(to)), ALL.zeroing(), place(from));
            case Op.IntMultiply(Register to, Register a, Register b) -> asm.emit(MUL, to(to), z(a), z(b));
            case Op.IntSubtract(Register to, Register a, Register b) -> asm.emit(SUB, to(to), z(a), z(b));
            case Op.IntNegate(Register to, Register from) -> asm.emit(NEG, to(to), ALL.merging(), z(from));
            case Op.FusedMultiplyAdd(Register to, Register a, Register b, Register addend) -> {
                final Z first = z(a);
                final Z second = z(b);
                asm.emit(FMLA, over(to, addend, at), ALL.merging(), first, second);
            }
            case Op.Divide(Register to, Register a, Register b) -> {
                final Z divisor = z(b);
                final Z value = over(to, a, at);
                asm.emit(FDIV, value, ALL.merging(), value, divisor);
            }
            case Op.Magnitude(Register to, Register from) -> asm.emit(FABS, to(to), ALL.merging(), z(from));
            case Op.ScaleByPower(Register to, Register a, Register b) -> {
                final Z scaled = to(to);
                asm.emit(LSL, scaled, z(b), new Imm(Op.ScaleByPower.EXPONENT));
                asm.emit(ADD, scaled, z(a), scaled);
            }
            case Op.Constant(Register to, float value) -> constants.set(to(to), value);
            case Op.AtLeast(Register to, Register from, float bound) -> bound(FMAX, over(to, from, at), bound);
            case Op.AtMost(Register to, Register from, float bound) -> bound(FMIN, over(to, from, at), bound);
            case Op.IntAdd(Register to, Register a, Register b) ->
                asm.emit(rounding.saturates(a) || rounding.saturates(b) ? SQADD : ADD, to(to), z(a), z(b));
            case Op.Round(Register to, Register from) -> round(to, from);
            case Op.IntClamp(Register to, Register from) -> clampIntegers(to, from);
            case Op.StoreBytes(Register from) -> storeBytes(from);
            case Op.Convert(Register to, Register from) -> convert(to, from);
            case Op.Multiply(Register to, Register a, Register b) -> asm.emit(FMUL, to(to), z(a), z(b));
            case Op.Add(Register to, Register a, Register b) -> asm.emit(FADD, to(to), z(a), z(b));
            case Op.Clamp(Register to, Register from) -> clamp(to, from);
            case Op.Store(Register from) -> store(z(from), from.vector());
        }
    }

    private void convert(Register to, Register from) {
        if (to.type() != LaneType.F32) {
            throw new IllegalArgumentException("no outer-product code makes integers of " + from);
        }
        asm.emit(SCVTF, to(to), ALL.merging(), z(from));
    }

    /** Saturates at 32 bits, as the addition to it does: no zero point brings what is beyond 16 bits back into int8. */
    private void round(Register to, Register from) {
        final Z rounded = to(to);
        asm.emit(FRINTN, rounded, ALL.merging(), z(from));
        asm.emit(FCVTZS, rounded, ALL.merging(), rounded);
    }

    /** The block has bounds within int8 whether or not the call asks for some, for results that are bytes. */
    private void clampIntegers(Register to, Register from) {
        if (program.epilogue().dstBytes() != Byte.BYTES) {
            throw new IllegalArgumentException("integers are bounded that are not stored as bytes: " + from);
        }
        boundIntegers(z(from));
        rename(to, from);
        bounded.add(to);
    }

    private void boundIntegers(Z value) {
        asm.emit(SMAX, value, ALL.merging(), value, clampMin);
        asm.emit(SMIN, value, ALL.merging(), value, clampMax);
    }

    /** Bounded to int8, if it is not bounded more closely. */
    private void storeBytes(Register from) {
        final Z value = z(from);
        if (!bounded.contains(from)) {
            if (has(Op.IntClamp.class)) {
                throw new IllegalArgumentException("of integers that are stored some are bounded, and not " + from);
            }
            boundIntegers(value);
        }
        asm.emit(ST1B, one(value), SmeRegisters.columns(from.vector()), Mem.vectors(DST_AT, from.vector()));
    }

    /** Java's max and min are Arm's. */
    private void bound(dev.tilesmith.processor.asm.aarch64.Op code, Z value, float bound) {
        final Z other = take();
        constants.set(other, bound);
        asm.emit(code, value, ALL.merging(), value, other);
        free.add(other.index());
    }

    /** A register with a value that is to be changed in place: that of the value, if nothing reads this afterwards. */
    private Z over(Register to, Register from, int at) {
        if (lastReads.get(from) == at && ofRow.containsKey(from)) {
            rename(to, from);
        } else {
            final Z value = z(from);
            asm.emit(MOV, to(to).as(ElementSize.D), value.as(ElementSize.D));
        }
        return z(to);
    }

    private void rename(Register to, Register from) {
        final Integer index = ofRow.remove(from);
        if (index == null) {
            throw new IllegalArgumentException("register " + from + " is read before it is written");
        }
        ofRow.put(to, index);
    }

    /** In place: nothing reads the value after it is bounded. Java's max and min are Arm's. */
    private void clamp(Register to, Register from) {
        final Z value = z(from);
        asm.emit(FMAX, value, ALL.merging(), value, clampMin);
        asm.emit(FMIN, value, ALL.merging(), value, clampMax);
        rename(to, from);
    }

    private static Mem place(RowPart from) {
        return switch (from) {
            case ZERO_POINT -> Mem.at(ROW_METADATA);
            case INVERSE_SCALE -> Mem.at(ROW_METADATA, Integer.BYTES);
        };
    }

    private Z to(Register register) {
        final Z z = take();
        ofRow.put(register, z.index());
        return z;
    }

    private Z z(Register register) {
        final Integer index = ofColumns.getOrDefault(register, ofRow.get(register));
        if (index == null) {
            throw new IllegalArgumentException("register " + register + " is read before it is written");
        }
        return Z.s(index);
    }

    private static RegisterList one(Z z) {
        return RegisterList.list(z, 1);
    }
}
