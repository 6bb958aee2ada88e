package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JGE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.PREFETCHT0;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VADDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPDPBUSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMADDWD;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVSXBW;
import static dev.tilesmith.processor.asm.x86.Op.VPMULLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSUBD;
import static dev.tilesmith.processor.asm.x86.Op.VPXORD;
import static dev.tilesmith.processor.asm.x86.Op.VXORPS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Cell;
import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.processor.program.LaneType;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.runtime.NativeArguments;

/**
 * The code of one int8 tile. It is entered and left as {@link F32TileCode} is, but takes all of K in one call.
 *
 * <p>Rows are quantized: after the values of a row lie its zero point and the inverse of its scale, where the pointers to
 * the rows arrive when the last step is done. In the panel's metadata, vectors of Σ w come first, then scales, then
 * biases.
 *
 * <p>Sums of integers may be taken in any order. A tile too short to keep the multipliers busy through their latency
 * therefore takes several steps at once, each with accumulators of its own, which are added up in the end.
 */
final class Int8TileCode implements TileCode {
    /** Two multiplications a cycle, each done after four. */
    private static final int CHAINS = 8;

    private static final int MOST_STEPS_AT_ONCE = 4;

    /** So few rows are bound by loads, which a prefetch takes part in; the CPU fetches ahead by itself. */
    private static final int LAST_WITHOUT_PREFETCH = 3;

    private static final int LINE = 64;

    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final VectorSet vectors;
    private final String name;
    private final TileEnd end;
    private final int panelColumns;
    private final int steps;
    private int rotation;

    /** An accumulator of a step that is taken together with others. */
    private record Chain(int step, Register sum) {}

    /**
     * The code of one tile.
     *
     * @param panelColumns columns of a panel, which may be more than the tile's: those beyond are skipped
     */
    Int8TileCode(Assembler asm, Isa isa, Program program, int panelColumns) {
        if (program.mr() > F32TileCode.MAX_ROWS) {
            throw new IllegalArgumentException(
                    "mr: " + program.mr() + " rows; " + F32TileCode.MAX_ROWS + " can be addressed");
        }
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.vectors = new VectorSet(isa.bits(), isa.registers());
        this.panelColumns = panelColumns;
        this.name = TileCode.entry(program).name();
        this.steps = stepsAtOnce();
        for (int step = 0; step < steps; step++) {
            for (int row = 0; row < program.mr(); row++) {
                for (int v = 0; v < program.vectors(); v++) {
                    sum(step, row, v);
                }
            }
        }
        vectors.keepAssigned();
        this.end = new TileEnd(asm, isa, program, this::sum, vectors::scratch);
    }

    private int stepsAtOnce() {
        final int sums = program.mr() * program.vectors();
        int count = 1;
        while (count * sums < CHAINS
                && count < MOST_STEPS_AT_ONCE
                && 2 * count * sums + program.vectors() + 2 <= isa.registers()) {
            count *= 2;
        }
        return count;
    }

    private Label label(String place) {
        return new Label(name + "_" + place);
    }

    @Override
    public void emit(Label done) {
        asm.bind(TileCode.entry(program));
        begin();
        loops();
        asm.bind(label("finish"));
        addChains();
        if (dynamic()) {
            scale();
            end.clamp();
            end.store();
        } else {
            new StaticEnd(asm, isa, program, panelColumns, this::sum, vectors::scratch, end).emit();
        }
        end.advance();
        asm.emit(JMP, done);
    }

    /** Whether each row has a scale and a zero point of its own. */
    private boolean dynamic() {
        return program.finish().stream().anyMatch(Op.IntMultiply.class::isInstance);
    }

    private void begin() {
        for (int step = 0; step < steps; step++) {
            final int at = step;
            eachSum((row, v) -> {
                final Vec low = sum(at, row, v).as(128); // clears the whole register
                asm.emit(low.index() > 15 ? VPXORD : VXORPS, low, low, low);
            });
        }
        LhsRows.begin(asm, program.mr());
        asm.emit(MOV, R8, RDX);
        asm.emit(MOV, R13, mem(RDI, NativeArguments.STEPS));
    }

    /** As many steps at once as there are, and the rest one by one. */
    private void loops() {
        if (steps > 1) {
            asm.emit(SUB, R13, new Imm(steps));
            asm.emit(JL, label("rest"));
            asm.align(32);
            asm.bind(label("loop"));
            steps(steps);
            asm.emit(SUB, R13, new Imm(steps));
            asm.emit(JGE, label("loop"));
            asm.bind(label("rest"));
            asm.emit(ADD, R13, new Imm(steps));
        } else {
            asm.emit(TEST, R13, R13);
        }
        asm.emit(JE, label("finish"));
        asm.align(32);
        asm.bind(label("step"));
        steps(1);
        asm.emit(DEC, R13);
        asm.emit(JNE, label("step"));
    }

    private void steps(int count) {
        for (int step = 0; step < count; step++) {
            for (final Op op : program.step()) {
                step(op, step);
            }
        }
        if (program.mr() > LAST_WITHOUT_PREFETCH) {
            prefetch(count);
        }
        LhsRows.advance(asm, program.mr(), count * Integer.BYTES);
        asm.emit(ADD, R8, new Imm(count * (long) rhsStep()));
    }

    private void prefetch(int count) {
        for (int line = 0; line < count * rhsStep(); line += LINE) {
            asm.emit(PREFETCHT0, mem(R15, line));
        }
        for (int step = 0; step < count; step++) {
            asm.emit(ADD, R15, mem(RDI, NativeArguments.PREFETCH_STEP));
        }
    }

    /** Bytes of the panel that a step takes. */
    private int rhsStep() {
        return panelColumns * (pairs() ? 2 : 4);
    }

    /** Whether a step takes two values along K, not four. */
    private boolean pairs() {
        return program.step().stream()
                .anyMatch(op -> op instanceof Op.Broadcast(Register to, Cell _) && to.type() == LaneType.I16X2);
    }

    private void step(Op op, int step) {
        switch (op) {
            case Op.Load(Register to, Cell(Operand _, int _, int vector)) ->
                asm.emit(VMOVUPS, vectors.of(to), mem(R8, step * rhsStep() + vector * isa.bits() / 8));
            case Op.LoadWidened(Register to, Cell(Operand _, int _, int vector)) ->
                asm.emit(VPMOVSXBW, vectors.of(to), mem(R8, step * rhsStep() + vector * isa.bits() / 16));
            case Op.Broadcast(Register _, Cell(Operand _, int row, int _)) -> {
                if (!pairs()) {
                    asm.emit(
                            VPBROADCASTD,
                            vectors.broadcast(row),
                            LhsRows.row(row).plus(step * Integer.BYTES));
                }
            }
            case Op.Dot(Register sum, Register a, Register b) -> dot(chain(step, sum), rowOf(a), step, vectors.of(b));
            default -> throw new IllegalArgumentException("not in the step of an int8 tile: " + op);
        }
    }

    /** Pairs take one register for the broadcast values and the products: a broadcast is only a load. */
    private void dot(Vec sum, int row, int step, Vec rhs) {
        if (pairs()) {
            final Vec products = vectors.broadcast(rotation++);
            asm.emit(VPBROADCASTD, products, LhsRows.row(row).plus(step * Integer.BYTES));
            asm.emit(VPMADDWD, products, products, rhs);
            asm.emit(VPADDD, sum, sum, products);
        } else {
            asm.emit(VPDPBUSD, sum, vectors.broadcast(row), rhs);
        }
    }

    /** The row whose values a register of the step holds. */
    private int rowOf(Register broadcast) {
        for (final Op op : program.step()) {
            if (op instanceof Op.Broadcast(Register to, Cell from) && to.equals(broadcast)) {
                return from.row();
            }
        }
        throw new IllegalArgumentException("register " + broadcast + " is not broadcast in the step");
    }

    private void addChains() {
        for (int half = steps / 2; half > 0; half /= 2) {
            for (int step = 0; step < half; step++) {
                final int to = step;
                final int from = step + half;
                eachSum((row, v) -> asm.emit(VPADDD, sum(to, row, v), sum(to, row, v), sum(from, row, v)));
            }
        }
    }

    /** {@code float(sum - zeroPoint * Σ w) * (scale * inverseScale) + bias}. */
    private void scale() {
        final Vec ofRow = vectors.scratch(0);
        final Vec ofColumn = vectors.scratch(1);
        final boolean bias = program.finish().stream().anyMatch(Op.Add.class::isInstance);
        asm.emit(MOV, R13, mem(RDI, FamilyCode.METADATA));
        for (int row = 0; row < program.mr(); row++) {
            asm.emit(VPBROADCASTD, ofRow, LhsRows.row(row));
            for (int v = 0; v < program.vectors(); v++) {
                final Vec sum = sum(row, v);
                asm.emit(VPMULLD, ofColumn, ofRow, metadata(0, v));
                asm.emit(VPSUBD, sum, sum, ofColumn);
                asm.emit(VCVTDQ2PS, sum, sum);
            }
            asm.emit(VBROADCASTSS, ofRow, LhsRows.row(row).plus(Integer.BYTES));
            for (int v = 0; v < program.vectors(); v++) {
                final Vec sum = sum(row, v);
                asm.emit(VMULPS, ofColumn, ofRow, metadata(1, v));
                asm.emit(VMULPS, sum, sum, ofColumn);
                if (bias) {
                    asm.emit(VADDPS, sum, sum, metadata(2, v));
                }
            }
        }
    }

    private Mem metadata(int kind, int vector) {
        return mem(R13, kind * panelColumns * Integer.BYTES + vector * isa.bits() / 8);
    }

    private Vec sum(int row, int vector) {
        return sum(0, row, vector);
    }

    private Vec sum(int step, int row, int vector) {
        return chain(step, program.sum(row, vector));
    }

    private Vec chain(int step, Register sum) {
        return vectors.of(new Chain(step, sum));
    }

    private void eachSum(SumAction action) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                action.at(row, v);
            }
        }
    }

    /** What is done with one accumulator. */
    private interface SumAction {
        void at(int row, int vector);
    }
}
