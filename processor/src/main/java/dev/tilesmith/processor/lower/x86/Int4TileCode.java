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
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.PREFETCHT0;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VADDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD213PS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD231PS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VPADDW;
import static dev.tilesmith.processor.asm.x86.Op.VPAND;
import static dev.tilesmith.processor.asm.x86.Op.VPANDD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPDPBUSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMADDUBSW;
import static dev.tilesmith.processor.asm.x86.Op.VPMADDWD;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVZXWD;
import static dev.tilesmith.processor.asm.x86.Op.VPMULLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSLLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSRLD;
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
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.runtime.NativeArguments;
import dev.tilesmith.runtime.PanelLayout;

/**
 * The code of one tile of weights of four bits. It is entered and left as {@link Int8TileCode} is, and takes all of K, in
 * blocks, {@value PanelLayout#INT4_GROUP} values at a time.
 *
 * <p>The weights are the unsigned operand of the dot products, the rows the signed one. Without VNNI the products of a
 * byte with four bits are added in pairs of 16 bits, two pairs at once: {@code 4 * 15 * 128} does not saturate.
 *
 * <p>Registers hold, in this order: sums; as many totals as there is room for, the others being in the argument block;
 * weights; what is broadcast; constants. A tile with few sums has two of each, one for the low bits and one for the high ones, to keep
 * the multipliers busy through their latency.
 */
final class Int4TileCode implements TileCode {
    /** Two multiplications a cycle, each done after four. */
    private static final int CHAINS = 8;

    /** So few rows are bound by loads, which a prefetch takes part in; the CPU fetches ahead by itself. */
    private static final int LAST_WITHOUT_PREFETCH = 4;

    private static final int LINE = 64;
    private static final int KR = 4;
    private static final int STEPS_PER_GROUP = PanelLayout.INT4_GROUP / (2 * KR);
    private static final int NIBBLE = 0x0f0f0f0f;
    private static final int ONES = 0x00010001;
    private static final int BF16_SHIFT = 16;

    /** int64 of the argument block's state: blocks still to do, the one at hand among them. */
    private static final int BLOCKS_LEFT = NativeArguments.STATE + 24;

    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final String name;
    private final int panelColumns;
    private final boolean paired;
    private final int chains;
    private final int registerTotals;
    private final int working;
    private final TileEnd end;

    /**
     * The code of one tile.
     *
     * @param panelColumns columns of a panel, which may be more than the tile's: those beyond are skipped
     */
    Int4TileCode(Assembler asm, Isa isa, Program program, int panelColumns) {
        if (program.mr() > F32TileCode.MAX_ROWS) {
            throw new IllegalArgumentException(
                    "mr: " + program.mr() + " rows; " + F32TileCode.MAX_ROWS + " can be addressed");
        }
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.panelColumns = panelColumns;
        this.name = TileCode.entry(program).name();
        this.paired = program.step().getFirst() instanceof Op.Broadcast;
        final int results = program.mr() * program.vectors();
        final int others = paired ? Math.max(5, program.vectors() + 1) : program.vectors() + 2;
        final int totals = program.hasTotals() ? results : 0;
        this.chains = !paired && results < CHAINS && 2 * results + totals + others <= isa.registers() ? 2 : 1;
        this.registerTotals = Math.clamp(isa.registers() - others - chains * results, 0, totals);
        this.working = chains * results + registerTotals;
        if (working + others > isa.registers()) {
            throw new IllegalArgumentException(
                    name + " needs " + (working + others) + " of " + isa.registers() + " vector registers");
        }
        this.end = new TileEnd(asm, isa, program, this::result, this::scratch);
    }

    private Label label(String place) {
        return new Label(name + "_" + place);
    }

    private Vec register(int index) {
        return new Vec(isa.bits(), index);
    }

    private Vec sum(int chain, int row, int vector) {
        return register((chain * program.mr() + row) * program.vectors() + vector);
    }

    private boolean isInRegister(int row, int vector) {
        return row * program.vectors() + vector < registerTotals;
    }

    private Vec totalRegister(int row, int vector) {
        return register((chains * program.mr() + row) * program.vectors() + vector);
    }

    private Mem totalInMemory(int row, int vector) {
        return mem(RDI, NativeArguments.TOTALS + (row * program.vectors() + vector) * isa.bits() / 8);
    }

    /** Where sums and totals end up. */
    private Vec result(int row, int vector) {
        return isInRegister(row, vector) ? totalRegister(row, vector) : sum(0, row, vector);
    }

    /** The weights of a vector of columns; low bits and high ones take turns, but where both are wanted at once. */
    private Vec weights(int vector, boolean high) {
        return register(working + (paired ? (high ? 1 : 0) : vector));
    }

    private Vec scratch(int index) {
        return register(working + index);
    }

    private Vec broadcast(int index) {
        return register(working + (paired ? 2 : program.vectors()) + index);
    }

    private Vec mask() {
        return register(isa.registers() - 1);
    }

    @Override
    public void emit(Label done) {
        asm.bind(TileCode.entry(program));
        begin();
        blocks();
        asm.bind(label("finish"));
        if (program.hasTotals()) {
            scaleTotals();
        } else {
            scaleSums();
        }
        end.clamp();
        end.store();
        end.advance();
        asm.emit(JMP, done);
    }

    private void begin() {
        LhsRows.begin(asm, program.mr());
        asm.emit(MOV, R8, RDX);
        asm.emit(VPBROADCASTD, mask(), Mem.at(asm.constant(new int[] {NIBBLE}, Integer.BYTES)));
        if (program.hasTotals()) {
            clear(scratch(0));
            eachSum((row, v) -> {
                if (isInRegister(row, v)) {
                    clear(totalRegister(row, v));
                } else {
                    asm.emit(VMOVUPS, totalInMemory(row, v), scratch(0));
                }
            });
        }
    }

    /** Clears the whole register. */
    private void clear(Vec vec) {
        final Vec low = vec.as(128);
        asm.emit(low.index() > 15 ? VPXORD : VXORPS, low, low, low);
    }

    private void blocks() {
        asm.emit(MOV, R13, mem(RDI, NativeArguments.BLOCKS));
        asm.emit(TEST, R13, R13);
        asm.emit(JE, label("finish"));
        asm.align(32);
        asm.bind(label("block"));
        asm.emit(MOV, mem(RDI, BLOCKS_LEFT), R13);
        beginBlock();
        asm.emit(MOV, R13, mem(RDI, NativeArguments.STEPS));
        asm.emit(TEST, R13, R13);
        asm.emit(JE, label("block_end"));
        asm.bind(label("group"));
        group();
        asm.emit(DEC, R13);
        asm.emit(JNE, label("group"));
        asm.bind(label("block_end"));
        if (chains == 2) {
            eachSum((row, v) -> asm.emit(VPADDD, sum(0, row, v), sum(0, row, v), sum(1, row, v)));
        }
        if (program.hasTotals()) {
            addToTotals();
        }
        asm.emit(MOV, R13, mem(RDI, BLOCKS_LEFT));
        asm.emit(DEC, R13);
        asm.emit(JNE, label("block"));
    }

    private void beginBlock() {
        eachSum((row, v) -> {
            asm.emit(VPBROADCASTD, sum(0, row, v), LhsRows.row(row));
            if (chains == 2) {
                clear(sum(1, row, v));
            }
        });
        LhsRows.advance(asm, program.mr(), Integer.BYTES);
    }

    private void group() {
        for (int step = 0; step < STEPS_PER_GROUP; step++) {
            for (final Op op : program.step()) {
                step(op, step);
            }
        }
        if (program.mr() > LAST_WITHOUT_PREFETCH) {
            for (int line = 0; line < STEPS_PER_GROUP * stepBytes(); line += LINE) {
                asm.emit(PREFETCHT0, mem(R15, line));
            }
            asm.emit(ADD, R15, mem(RDI, NativeArguments.PREFETCH_STEP));
        }
        LhsRows.advance(asm, program.mr(), PanelLayout.INT4_GROUP);
        asm.emit(ADD, R8, new Imm((long) STEPS_PER_GROUP * stepBytes()));
    }

    /** Bytes of the panel that a step takes. */
    private int stepBytes() {
        return panelColumns * KR;
    }

    private void step(Op op, int step) {
        switch (op) {
            case Op.LoadNibbles(Register _, Cell(Operand _, int _, int vector), boolean high) -> {
                final Vec to = weights(vector, high);
                final Mem from = mem(R8, step * stepBytes() + vector * isa.bits() / 8);
                if (!high) {
                    and(to, from);
                } else if (isa == Isa.AVX512) {
                    asm.emit(VPSRLD, to, from, new Imm(4));
                    asm.emit(VPANDD, to, to, mask());
                } else {
                    asm.emit(VMOVUPS, to, from);
                    asm.emit(VPSRLD, to, to, new Imm(4));
                    asm.emit(VPAND, to, to, mask());
                }
            }
            case Op.Broadcast(Register _, Cell(Operand operand, int row, int _)) -> {
                if (!paired) {
                    asm.emit(VPBROADCASTD, broadcast(row % broadcasts()), lhs(row, operand == Operand.LHS_NEXT, step));
                }
            }
            case Op.Dot(Register sum, Register lhs, Register rhs) -> dot(sum, lhs, rhs, step);
            default -> throw new IllegalArgumentException("not in the step of an int4 tile: " + op);
        }
    }

    private void and(Vec to, Mem from) {
        asm.emit(isa == Isa.AVX512 ? VPANDD : VPAND, to, mask(), from);
    }

    /** Registers that take turns at what is broadcast: those that are left, up to the mask. */
    private int broadcasts() {
        return isa.registers() - 1 - broadcast(0).index();
    }

    private Mem lhs(int row, boolean high, int step) {
        return LhsRows.row(row).plus(step * 2 * KR + (high ? KR : 0));
    }

    private void dot(Register sum, Register lhs, Register rhs, int step) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                if (program.sum(row, v).equals(sum)) {
                    final boolean high = loads(rhs);
                    if (!paired) {
                        final Vec to = sum(high ? chains - 1 : 0, row, v);
                        asm.emit(VPDPBUSD, to, weights(v, high), broadcast(row % broadcasts()));
                    } else if (high) {
                        dotPairs(sum(0, row, v), row, step);
                    }
                    return;
                }
            }
        }
        throw new IllegalArgumentException("no sum of the tile: " + sum + " with " + lhs);
    }

    /** Whether a register holds high bits. */
    private boolean loads(Register rhs) {
        return program.step().stream()
                .anyMatch(op ->
                        op instanceof Op.LoadNibbles(Register to, Cell _, boolean high) && high && to.equals(rhs));
    }

    private void dotPairs(Vec sum, int row, int step) {
        final Vec low = broadcast(0);
        final Vec high = broadcast(1);
        asm.emit(VPBROADCASTD, low, lhs(row, false, step));
        asm.emit(VPBROADCASTD, high, lhs(row, true, step));
        asm.emit(VPMADDUBSW, low, weights(0, false), low);
        asm.emit(VPMADDUBSW, high, weights(0, true), high);
        asm.emit(VPADDW, low, low, high);
        final int[] ones = new int[isa.lanes()];
        java.util.Arrays.fill(ones, ONES);
        asm.emit(VPMADDWD, low, low, Mem.at(asm.constant(ones, isa.bits() / 8)));
        asm.emit(VPADDD, sum, sum, low);
    }

    /** {@code total = fma(float(sum), scale, total)}. */
    private void addToTotals() {
        int scaleBytes = 0;
        for (final Op op : program.end()) {
            switch (op) {
                case Op.LoadBf16(Register _, Cell(Operand _, int _, int vector)) -> {
                    scaleBytes = Short.BYTES;
                    asm.emit(VPMOVZXWD, scale(vector), mem(R8, vector * isa.lanes() * scaleBytes));
                    asm.emit(VPSLLD, scale(vector), scale(vector), new Imm(BF16_SHIFT));
                }
                case Op.Load(Register _, Cell(Operand _, int _, int vector)) -> {
                    scaleBytes = Float.BYTES;
                    asm.emit(VMOVUPS, scale(vector), mem(R8, vector * isa.lanes() * scaleBytes));
                }
                case Op.Convert _, Op.FusedMultiplyAdd _ -> {} // below, for all sums
                default -> throw new IllegalArgumentException("not at the end of a block of an int4 tile: " + op);
            }
        }
        eachSum((row, v) -> {
            final Vec sum = sum(0, row, v);
            asm.emit(VCVTDQ2PS, sum, sum);
            if (isInRegister(row, v)) {
                asm.emit(VFMADD231PS, totalRegister(row, v), sum, scale(v));
            } else {
                asm.emit(VFMADD213PS, sum, scale(v), totalInMemory(row, v));
                asm.emit(VMOVUPS, totalInMemory(row, v), sum);
            }
        });
        asm.emit(ADD, R8, new Imm((long) panelColumns * scaleBytes));
    }

    private Vec scale(int vector) {
        return register(working + vector);
    }

    /** {@code float(sum - zeroPoint * Σ w) * (scale * inverseScale) + bias}. */
    private void scaleSums() {
        final Vec ofRow = scratch(0);
        final Vec ofColumn = scratch(1);
        asm.emit(MOV, R13, mem(RDI, FamilyCode.METADATA));
        for (int row = 0; row < program.mr(); row++) {
            asm.emit(VPBROADCASTD, ofRow, LhsRows.row(row));
            for (int v = 0; v < program.vectors(); v++) {
                final Vec sum = result(row, v);
                asm.emit(VPMULLD, ofColumn, ofRow, metadata(0, v));
                asm.emit(VPSUBD, sum, sum, ofColumn);
                asm.emit(VCVTDQ2PS, sum, sum);
            }
            asm.emit(VBROADCASTSS, ofRow, LhsRows.row(row).plus(Integer.BYTES));
            for (int v = 0; v < program.vectors(); v++) {
                final Vec sum = result(row, v);
                asm.emit(VMULPS, ofColumn, ofRow, metadata(1, v));
                asm.emit(VMULPS, sum, sum, ofColumn);
                addBias(sum, 2, v);
            }
        }
    }

    /** {@code fma(Σ scale·w, float(-zeroPoint), total) * inverseScale + bias}. */
    private void scaleTotals() {
        eachSum((row, v) -> {
            if (!isInRegister(row, v)) {
                asm.emit(VMOVUPS, result(row, v), totalInMemory(row, v));
            }
        });
        final Vec factor = scratch(0);
        asm.emit(MOV, R13, mem(RDI, FamilyCode.METADATA));
        for (int row = 0; row < program.mr(); row++) {
            clear(factor);
            final Vec zeroPoint = scratch(1);
            asm.emit(VPBROADCASTD, zeroPoint, LhsRows.row(row));
            asm.emit(VPSUBD, factor, factor, zeroPoint);
            asm.emit(VCVTDQ2PS, factor, factor);
            final Vec inverseScale = scratch(1);
            asm.emit(VBROADCASTSS, inverseScale, LhsRows.row(row).plus(Integer.BYTES));
            for (int v = 0; v < program.vectors(); v++) {
                final Vec total = result(row, v);
                asm.emit(VFMADD231PS, total, factor, metadata(0, v));
                asm.emit(VMULPS, total, total, inverseScale);
                addBias(total, 1, v);
            }
        }
    }

    private void addBias(Vec result, int kind, int vector) {
        if (program.finish().stream().anyMatch(Op.Add.class::isInstance)) {
            asm.emit(VADDPS, result, result, metadata(kind, vector));
        }
    }

    private Mem metadata(int kind, int vector) {
        return mem(R13, kind * panelColumns * Integer.BYTES + vector * isa.bits() / 8);
    }

    private void eachSum(SumAction action) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                action.at(row, v);
            }
        }
    }

    /** What is done with one sum or total. */
    private interface SumAction {
        void at(int row, int vector);
    }
}
