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
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPDPBUSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMADDUBSW;
import static dev.tilesmith.processor.asm.x86.Op.VPMADDWD;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVZXWD;
import static dev.tilesmith.processor.asm.x86.Op.VPMULLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSLLD;
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
 * The code of one tile of weights of four bits, or of two. It is entered and left as {@link Int8TileCode} is, and takes all of K, in
 * blocks, {@value PanelLayout#INT4_GROUP} values at a time.
 *
 * <p>The weights are the unsigned operand of the dot products, the rows the signed one. Without VNNI the products of a
 * byte with four bits are added in pairs of 16 bits, two pairs at once: {@code 4 * 15 * 128} does not saturate. What two
 * bits stand for may be any byte, of which a pair of products may: so it is taken as the sum of two halves, of which {@code
 * 2 * 128 * 128} with a negative sign is the most.
 *
 * <p>Registers hold, in this order: sums; as many totals as there is room for, the others being in the argument block;
 * weights; what is broadcast; constants. A tile with few sums has several of each, which the parts of a byte take in turns,
 * to keep the multipliers busy through their latency.
 */
final class Int4TileCode implements TileCode {
    /** Two multiplications a cycle, each done after four. */
    private static final int CHAINS = 8;

    /** So few rows are bound by loads, which a prefetch takes part in; the CPU fetches ahead by itself. */
    private static final int LAST_WITHOUT_PREFETCH = 4;

    private static final int LINE = 64;
    private static final int KR = 4;

    /** Registers that the products of a row take, and what they are made of. */
    private static final int WORKING_IN_PAIRS = 4;

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
    private final WeightBits bits;
    private final int chains;
    private final int registerTotals;
    private final int working;
    private final boolean keepsBits;
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
        this.bits = WeightBits.of(asm, isa, program, panelColumns);
        final int others =
                bits.constants() + (paired ? Math.max(WORKING_IN_PAIRS, program.vectors()) : program.vectors() + 1);
        final int totals = program.hasTotals() ? results : 0;
        this.chains = paired ? 1 : chains(results, totals + others);
        this.registerTotals = Math.clamp(isa.registers() - others - chains * results, 0, totals);
        this.working = chains * results + registerTotals;
        this.keepsBits = bits.parts() > 2 && !paired && working + others + program.vectors() < isa.registers();
        if (working + others > isa.registers()) {
            throw new IllegalArgumentException(
                    name + " needs " + (working + others) + " of " + isa.registers() + " vector registers");
        }
        this.end = new TileEnd(asm, isa, program, this::result, this::scratch);
    }

    /** As many as keep the multipliers busy, where registers suffice. */
    private int chains(int results, int others) {
        int count = 1;
        while (2 * count <= bits.parts()
                && count * results < CHAINS
                && 2 * count * results + others <= isa.registers()) {
            count *= 2;
        }
        return count;
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

    /** The weights of a vector of columns; parts of a byte take turns, but where two are wanted at once. */
    private Vec weights(int vector, int part) {
        return register(working + (paired ? part % 2 : vector));
    }

    /** Where the bits of two parts of a byte are kept, if registers suffice; else with the weights, and they are taken anew. */
    private Vec index(int vector) {
        return register(working + (keepsBits ? program.vectors() : 0) + vector);
    }

    private Vec scratch(int index) {
        return register(working + index);
    }

    private Vec broadcast(int index) {
        return register(working + (paired ? 2 : keepsBits ? 2 * program.vectors() : program.vectors()) + index);
    }

    @Override
    public void emit(Label done) {
        asm.bind(TileCode.entry(program));
        begin();
        blocks();
        asm.bind(label("finish"));
        if (program.finish().stream().anyMatch(Op.IntAdd.class::isInstance)) {
            new StaticEnd(asm, isa, program, panelColumns, this::result, this::scratch, end).emit();
        } else {
            if (program.hasTotals()) {
                scaleTotals();
            } else {
                scaleSums();
            }
            end.clamp();
            end.store();
        }
        end.advance();
        asm.emit(JMP, done);
    }

    private void begin() {
        LhsRows.begin(asm, program.mr());
        asm.emit(MOV, R8, RDX);
        bits.begin();
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
        addChains();
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
            for (int chain = 1; chain < chains; chain++) {
                clear(sum(chain, row, v));
            }
        });
        LhsRows.advance(asm, program.mr(), Integer.BYTES);
    }

    private void addChains() {
        for (int half = chains / 2; half > 0; half /= 2) {
            for (int chain = 0; chain < half; chain++) {
                final int to = chain;
                final int from = chain + half;
                eachSum((row, v) -> asm.emit(VPADDD, sum(to, row, v), sum(to, row, v), sum(from, row, v)));
            }
        }
    }

    private void group() {
        for (int step = 0; step < stepsPerGroup(); step++) {
            for (final Op op : program.step()) {
                step(op, step);
            }
        }
        if (program.mr() > LAST_WITHOUT_PREFETCH) {
            for (int line = 0; line < stepsPerGroup() * stepBytes(); line += LINE) {
                asm.emit(PREFETCHT0, mem(R15, line));
            }
            asm.emit(ADD, R15, mem(RDI, NativeArguments.PREFETCH_STEP));
        }
        LhsRows.advance(asm, program.mr(), PanelLayout.INT4_GROUP);
        asm.emit(ADD, R8, new Imm((long) stepsPerGroup() * stepBytes()));
    }

    private int stepsPerGroup() {
        return PanelLayout.INT4_GROUP / (bits.parts() * KR);
    }

    /** Bytes of the panel that a step takes. */
    private int stepBytes() {
        return panelColumns * KR;
    }

    private void step(Op op, int step) {
        switch (op) {
            case Op.LoadNibbles(Register _, Cell(Operand _, int _, int vector), boolean high) ->
                bits.load(
                        weights(vector, high ? 1 : 0),
                        weights(vector, high ? 1 : 0),
                        weightsAt(vector, step),
                        high ? 1 : 0);
            case Op.LookUp(Register _, Register _, Cell(Operand _, int _, int vector), int part) -> {
                if (paired) {
                    bits.loadHalves(weights(vector, 0), weights(vector, 1), weightsAt(vector, step), part);
                } else {
                    bits.load(weights(vector, part), index(vector), weightsAt(vector, step), part);
                }
            }
            case Op.Broadcast(Register _, Cell(Operand operand, int row, int _)) -> {
                if (!paired) {
                    asm.emit(VPBROADCASTD, broadcast(row % broadcasts()), lhs(row, part(operand), step));
                }
            }
            case Op.Dot(Register sum, Register lhs, Register rhs) -> dot(sum, lhs, rhs, step);
            default -> throw new IllegalArgumentException("not in the step of an int4 tile: " + op);
        }
    }

    private Mem weightsAt(int vector, int step) {
        return mem(R8, step * stepBytes() + vector * isa.bits() / 8);
    }

    /** Which part of a byte the values of a group of the left operand are multiplied with. */
    private static int part(Operand lhs) {
        return switch (lhs) {
            case LHS -> 0;
            case LHS_NEXT -> 1;
            case LHS_THIRD -> 2;
            case LHS_FOURTH -> 3;
            default -> throw new IllegalArgumentException("not of the left operand: " + lhs);
        };
    }

    /** Registers that take turns at what is broadcast: those that are left, up to the constants. */
    private int broadcasts() {
        return isa.registers() - bits.constants() - broadcast(0).index();
    }

    private Mem lhs(int row, int part, int step) {
        return LhsRows.row(row).plus((step * bits.parts() + part) * KR);
    }

    private void dot(Register sum, Register lhs, Register rhs, int step) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                if (program.sum(row, v).equals(sum)) {
                    final int part = partOf(rhs);
                    if (!paired) {
                        final Vec to = sum(part % chains, row, v);
                        asm.emit(VPDPBUSD, to, weights(v, part), broadcast(row % broadcasts()));
                    } else if (bits.parts() > 2) {
                        dotHalves(sum(0, row, v), row, part, step);
                    } else if (part == 1) {
                        dotPairs(sum(0, row, v), row, step);
                    }
                    return;
                }
            }
        }
        throw new IllegalArgumentException("no sum of the tile: " + sum + " with " + lhs);
    }

    /** Which part of a byte a register holds. */
    private int partOf(Register rhs) {
        for (final Op op : program.step()) {
            if (op instanceof Op.LoadNibbles(Register to, Cell _, boolean high) && to.equals(rhs)) {
                return high ? 1 : 0;
            }
            if (op instanceof Op.LookUp(Register to, Register _, Cell _, int part) && to.equals(rhs)) {
                return part;
            }
        }
        throw new IllegalArgumentException("register " + rhs + " is not loaded in the step");
    }

    private void dotPairs(Vec sum, int row, int step) {
        final Vec low = broadcast(0);
        final Vec high = broadcast(1);
        asm.emit(VPBROADCASTD, low, lhs(row, 0, step));
        asm.emit(VPBROADCASTD, high, lhs(row, 1, step));
        asm.emit(VPMADDUBSW, low, weights(0, 0), low);
        asm.emit(VPMADDUBSW, high, weights(0, 1), high);
        asm.emit(VPADDW, low, low, high);
        asm.emit(VPMADDWD, low, low, ones());
        asm.emit(VPADDD, sum, sum, low);
    }

    /** Products with one half of the weights, and with the other. */
    private void dotHalves(Vec sum, int row, int part, int step) {
        final Vec first = broadcast(0);
        final Vec second = broadcast(1);
        asm.emit(VPBROADCASTD, second, lhs(row, part, step));
        asm.emit(VPMADDUBSW, first, weights(0, 0), second);
        asm.emit(VPMADDUBSW, second, weights(0, 1), second);
        asm.emit(VPMADDWD, first, first, ones());
        asm.emit(VPMADDWD, second, second, ones());
        asm.emit(VPADDD, sum, sum, first);
        asm.emit(VPADDD, sum, sum, second);
    }

    private Mem ones() {
        final int[] ones = new int[isa.lanes()];
        java.util.Arrays.fill(ones, ONES);
        return Mem.at(asm.constant(ones, isa.bits() / 8));
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
