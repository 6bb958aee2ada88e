package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.ADDS;
import static dev.tilesmith.processor.asm.aarch64.Op.ADDV;
import static dev.tilesmith.processor.asm.aarch64.Op.BIT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_EQ;
import static dev.tilesmith.processor.asm.aarch64.Op.B_GE;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.DUP;
import static dev.tilesmith.processor.asm.aarch64.Op.FADD;
import static dev.tilesmith.processor.asm.aarch64.Op.FCMGT;
import static dev.tilesmith.processor.asm.aarch64.Op.FCMP;
import static dev.tilesmith.processor.asm.aarch64.Op.FCSEL;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTAS;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTNS;
import static dev.tilesmith.processor.asm.aarch64.Op.FDIV;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAXV;
import static dev.tilesmith.processor.asm.aarch64.Op.FMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.FMINV;
import static dev.tilesmith.processor.asm.aarch64.Op.FMOV;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.FSUB;
import static dev.tilesmith.processor.asm.aarch64.Op.LDP;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.NEG;
import static dev.tilesmith.processor.asm.aarch64.Op.RET;
import static dev.tilesmith.processor.asm.aarch64.Op.SADALP;
import static dev.tilesmith.processor.asm.aarch64.Op.SADDLP;
import static dev.tilesmith.processor.asm.aarch64.Op.SMOV;
import static dev.tilesmith.processor.asm.aarch64.Op.SQADD;
import static dev.tilesmith.processor.asm.aarch64.Op.SQXTN;
import static dev.tilesmith.processor.asm.aarch64.Op.SQXTN2;
import static dev.tilesmith.processor.asm.aarch64.Op.ST1;
import static dev.tilesmith.processor.asm.aarch64.Op.STP;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.STRB;
import static dev.tilesmith.processor.asm.aarch64.Op.SUB;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.asm.aarch64.Op.TST;

import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Condition;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Op;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.runtime.QuantizerArguments;

/**
 * The function that quantizes rows of f32 values to {@code QAI8DX}: {@code f(arguments, source, source, quantized)} by
 * the AAPCS64, its arguments laid out by {@link QuantizerArguments}. Quantized values are signed. Rows come in groups,
 * {@code [k/kr][rows of a group][kr]}, and after the values of a group come the zero point and the inverse scale of each
 * of its rows.
 */
public final class QuantizerCode {
    private static final Gpr ARGUMENTS = Gpr.x(0);
    private static final Gpr SOURCE = Gpr.x(1);
    private static final Gpr QUANTIZED = Gpr.x(3);
    private static final Gpr ROWS = Gpr.x(4);
    private static final Gpr K = Gpr.x(5);
    private static final Gpr SOURCE_STRIDE = Gpr.x(6);
    private static final Gpr STRIDE = Gpr.x(7);
    private static final Gpr VALUES = Gpr.x(8);

    /** Number of the row in its group. */
    private static final Gpr ROW = Gpr.x(9);

    private static final Gpr FROM = Gpr.x(10);
    private static final Gpr TO = Gpr.x(11);
    private static final Gpr LEFT = Gpr.x(12);
    private static final Gpr SCRATCH = Gpr.x(13);

    /** Values of the chunk of kr at hand that are written. */
    private static final Gpr WRITTEN = Gpr.x(14);

    /** Bytes from one chunk of a row to the next. */
    private static final Gpr CHUNK_STRIDE = Gpr.x(15);

    private static final Gpr GROUP_ROWS = Gpr.x(16);

    /** Values that are taken at once: a vector of bytes. */
    private static final int AT_ONCE = 16;

    private static final int VECTORS = AT_ONCE / 4;

    /** Stands for a number of rows that is known at run time. */
    private static final int ANY = 0;

    /** Vector registers: bounds first, v8 to v15 being the caller's; then what is loaded; then what a row is scaled by. */
    private static final int MIN = 0;

    private static final int MAX = 4;
    private static final int VALUE = 16;
    private static final int TEMPORARY = 20;
    private static final int SCALE = 24;
    private static final int INVERSE = 25;
    private static final int ZERO_POINT = 26;
    private static final int LEAST = 27;
    private static final int MOST = 28;
    private static final int ONE = 29;
    private static final int STEPS = 30;

    /** For blocks: the sum of the values that are taken one by one; where what the sums begin with is stored; values left. */
    private static final Gpr SUM = Gpr.x(2);

    private static final Gpr BEGINNING = Gpr.x(14);
    private static final Gpr ROW_LEFT = Gpr.x(17);

    /** The sums of the values that are taken at once. */
    private static final int SUMS = 31;

    /** What a weight of four bits is offset by, as a shift. */
    private static final int INT4_OFFSET_SHIFT = 3;

    private final Assembler asm = new Assembler();
    private final int groupRows;
    private final int kr;
    private final boolean blocks;
    private final int origin;
    private final boolean interleaved;

    private QuantizerCode(int groupRows, int kr, boolean blocks, int origin, boolean interleaved) {
        this.groupRows = groupRows;
        this.kr = kr;
        this.blocks = blocks;
        this.origin = origin;
        this.interleaved = interleaved;
    }

    /**
     * Assembles the function for weights of four bits: values are in blocks, and before each is what its sums begin with.
     *
     * @param asFloats whether that is {@link FloatSums}
     */
    public static MachineCode assembleForBlocks(boolean asFloats) {
        final QuantizerCode code = new QuantizerCode(1, 4, true, asFloats ? FloatSums.ORIGIN : 0, false);
        code.emit();
        return code.asm.assemble();
    }

    /**
     * Assembles the function for weights of four bits and rows that are taken in pairs: before each block is what the sums
     * of each row begin with, twice.
     *
     * @param asFloats whether that is {@link FloatSums}
     */
    public static MachineCode assembleForPairsOfRows(boolean asFloats) {
        final QuantizerCode code = new QuantizerCode(2, 8, true, asFloats ? FloatSums.ORIGIN : 0, false);
        code.emit();
        return code.asm.assemble();
    }

    /**
     * Assembles the function.
     *
     * @param groupRows rows of a group
     * @param kr values of a row that lie together: 4 or 8
     */
    public static MachineCode assemble(int groupRows, int kr) {
        if (kr != 4 && kr != 8) {
            throw new IllegalArgumentException("kr: " + kr + "; expected 4 or 8");
        }
        final QuantizerCode code = new QuantizerCode(groupRows, kr, false, 0, false);
        code.emit();
        return code.asm.assemble();
    }

    /**
     * Assembles a function whose groups have as many rows as {@link QuantizerArguments#GROUP_ROWS} says.
     *
     * @param kr values of a row that lie together: 4 or 8
     */
    public static MachineCode assembleForAnyGroup(int kr) {
        return assemble(ANY, kr);
    }

    /**
     * Assembles such a function for weights of four bits, with values in {@link NibbleOrder}.
     */
    public static MachineCode assembleInterleaved() {
        final QuantizerCode code = new QuantizerCode(ANY, 4, false, 0, true);
        code.emit();
        return code.asm.assemble();
    }

    private void emit() {
        begin();
        final Label row = bind("row");
        findRange();
        chooseScale();
        chooseZeroPoint();
        if (blocks) {
            quantizeBlocks();
        } else {
            quantize();
        }
        endRow();
        asm.emit(SUBS, ROWS, ROWS, new Imm(1));
        asm.emit(B_NE, row);
        asm.emit(RET);
    }

    private Label bind(String name) {
        final Label label = new Label(name);
        asm.bind(label);
        return label;
    }

    private void begin() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, QuantizerArguments.SOURCE_OFFSET));
        asm.emit(ADD, SOURCE, SOURCE, SCRATCH);
        asm.emit(LDR, ROWS, Mem.at(ARGUMENTS, QuantizerArguments.ROWS));
        asm.emit(LDR, K, Mem.at(ARGUMENTS, QuantizerArguments.K));
        asm.emit(LDR, SOURCE_STRIDE, Mem.at(ARGUMENTS, QuantizerArguments.SOURCE_STRIDE));
        asm.emit(LDR, STRIDE, Mem.at(ARGUMENTS, QuantizerArguments.STRIDE));
        asm.emit(LDR, VALUES, Mem.at(ARGUMENTS, QuantizerArguments.VALUES));
        asm.emit(MOV, ROW, new Imm(0));
        if (groupRows == ANY) {
            asm.emit(LDR, GROUP_ROWS, Mem.at(ARGUMENTS, QuantizerArguments.GROUP_ROWS));
            asm.emit(LSL, CHUNK_STRIDE, GROUP_ROWS, new Imm(Integer.numberOfTrailingZeros(kr)));
        } else {
            asm.emit(MOV, GROUP_ROWS, new Imm(groupRows));
            asm.emit(MOV, CHUNK_STRIDE, new Imm(groupRows * (long) kr));
        }
        constant(LEAST, -128f);
        constant(MOST, 127f);
        constant(ONE, 1f);
        constant(STEPS, 255f);
    }

    private void constant(int register, float value) {
        asm.set(SCRATCH, Integer.toUnsignedLong(Float.floatToRawIntBits(value)));
        asm.emit(FMOV, Scalar.s(register), SCRATCH.w());
    }

    /** Loads sixteen values into the registers of values. */
    private void load() {
        for (int pair = 0; pair < VECTORS / 2; pair++) {
            final int first = VALUE + 2 * pair;
            asm.emit(LDP, Scalar.q(first), Scalar.q(first + 1), Mem.at(FROM, pair * 32L));
        }
        asm.emit(ADD, FROM, FROM, new Imm(AT_ONCE * (long) Float.BYTES));
    }

    /** Bounds of the row, from 0 on. A comparison with NaN is false: NaN changes neither. */
    private void findRange() {
        for (int i = 0; i < VECTORS; i++) {
            asm.emit(MOVI, V.s4(MIN + i), new Imm(0));
            asm.emit(MOVI, V.s4(MAX + i), new Imm(0));
        }
        asm.emit(MOV, FROM, SOURCE);
        asm.emit(SUBS, LEFT, K, new Imm(AT_ONCE));
        asm.emit(B_LT, new Label("range_rest"));
        final Label loop = bind("range");
        load();
        for (int i = 0; i < VECTORS; i++) {
            widenRange(i);
        }
        asm.emit(SUBS, LEFT, LEFT, new Imm(AT_ONCE));
        asm.emit(B_GE, loop);
        bind("range_rest");
        asm.emit(ADDS, LEFT, LEFT, new Imm(AT_ONCE));
        asm.emit(B_EQ, new Label("range_done"));
        final Label one = bind("range_one");
        asm.emit(LDR, Scalar.s(VALUE), Mem.after(FROM, Float.BYTES)); // the other lanes are zero
        widenRange(0);
        asm.emit(SUBS, LEFT, LEFT, new Imm(1));
        asm.emit(B_NE, one);
        bind("range_done");
        reduce(FMIN, FMINV, MIN);
        reduce(FMAX, FMAXV, MAX);
    }

    private void widenRange(int index) {
        final V value = V.s4(VALUE + index);
        final V chosen = V.s4(TEMPORARY + index);
        asm.emit(FCMGT, chosen, V.s4(MIN + index), value);
        asm.emit(BIT, V.b16(MIN + index), value.as(Arrangement.B16), chosen.as(Arrangement.B16));
        asm.emit(FCMGT, chosen, value, V.s4(MAX + index));
        asm.emit(BIT, V.b16(MAX + index), value.as(Arrangement.B16), chosen.as(Arrangement.B16));
    }

    private void reduce(Op two, Op all, int bound) {
        asm.emit(two, V.s4(bound), V.s4(bound), V.s4(bound + 1));
        asm.emit(two, V.s4(bound + 2), V.s4(bound + 2), V.s4(bound + 3));
        asm.emit(two, V.s4(bound), V.s4(bound), V.s4(bound + 2));
        asm.emit(all, Scalar.s(bound), V.s4(bound));
    }

    /** {@code min == max ? 1 : 255 / (max - min)}; its inverse, or 0 where it is 0. */
    private void chooseScale() {
        asm.emit(FSUB, Scalar.s(SCALE), Scalar.s(MAX), Scalar.s(MIN));
        asm.emit(FDIV, Scalar.s(SCALE), Scalar.s(STEPS), Scalar.s(SCALE));
        asm.emit(FCMP, Scalar.s(MIN), Scalar.s(MAX));
        asm.emit(FCSEL, Scalar.s(SCALE), Scalar.s(ONE), Scalar.s(SCALE), Condition.EQ);
        asm.emit(FDIV, Scalar.s(INVERSE), Scalar.s(ONE), Scalar.s(SCALE));
        asm.emit(MOVI, V.s4(TEMPORARY), new Imm(0));
        asm.emit(FCMP, Scalar.s(SCALE), Scalar.s(TEMPORARY));
        asm.emit(FCSEL, Scalar.s(INVERSE), Scalar.s(TEMPORARY), Scalar.s(INVERSE), Condition.EQ);
    }

    /** Where the errors of both ends are equal; the nearest integer, halves to even; 0 where that is NaN. */
    private void chooseZeroPoint() {
        final Scalar low = Scalar.s(TEMPORARY + 1);
        final Scalar high = Scalar.s(TEMPORARY + 2);
        final Scalar sum = Scalar.s(TEMPORARY + 3);
        final Scalar zero = Scalar.s(ZERO_POINT);
        asm.emit(FMUL, low, Scalar.s(MIN), Scalar.s(SCALE));
        asm.emit(FMUL, high, Scalar.s(MAX), Scalar.s(SCALE));
        asm.emit(FADD, sum, Scalar.s(LEAST), low);
        asm.emit(FADD, zero, Scalar.s(MOST), high);
        asm.emit(FADD, sum, sum, zero);
        asm.emit(FSUB, low, Scalar.s(LEAST), low);
        asm.emit(FSUB, high, Scalar.s(MOST), high);
        asm.emit(FCMP, sum, Scalar.s(TEMPORARY));
        asm.emit(FCSEL, zero, low, high, Condition.GT);
        asm.emit(FMAX, zero, zero, Scalar.s(LEAST));
        asm.emit(FMIN, zero, zero, Scalar.s(MOST));
        asm.emit(FCVTNS, V.s4(ZERO_POINT), V.s4(ZERO_POINT));
        asm.emit(DUP, V.s4(ZERO_POINT), new V(ZERO_POINT, Arrangement.S).lane(0));
        asm.emit(DUP, V.s4(SCALE), new V(SCALE, Arrangement.S).lane(0));
    }

    private void quantize() {
        beginValues();
        asm.emit(SUBS, LEFT, K, new Imm(AT_ONCE));
        asm.emit(B_LT, new Label("values_rest"));
        final Label loop = bind("values");
        load();
        for (int i = 0; i < VECTORS; i++) {
            toIntegers(i);
        }
        narrow();
        storeChunks();
        asm.emit(SUBS, LEFT, LEFT, new Imm(AT_ONCE));
        asm.emit(B_GE, loop);
        bind("values_rest");
        asm.emit(ADDS, LEFT, LEFT, new Imm(AT_ONCE));
        asm.emit(B_EQ, new Label("values_done"));
        rest();
        bind("values_done");
    }

    /** From the start of the row to its place in the group. */
    private void beginValues() {
        asm.emit(MOV, FROM, SOURCE);
        asm.emit(MOV, TO, QUANTIZED);
        if (groupRows != 1) {
            asm.emit(
                    ADD,
                    TO,
                    QUANTIZED,
                    ROW,
                    dev.tilesmith.processor.asm.aarch64.Modifier.lsl(Integer.numberOfTrailingZeros(kr)));
        }
    }

    private void quantizeBlocks() {
        beginValues();
        asm.emit(MOV, ROW_LEFT, K);
        final Label block = bind("block");
        asm.emit(MOV, BEGINNING, TO);
        asm.emit(ADD, TO, TO, new Imm(groupRows == 1 ? Integer.BYTES : groupRows * (long) kr));
        asm.emit(MOVI, V.s4(SUMS), new Imm(0));
        asm.emit(MOV, SUM, new Imm(0));
        asm.emit(LDR, LEFT, Mem.at(ARGUMENTS, QuantizerArguments.BLOCK));
        asm.emit(SUBS, LEFT, LEFT, new Imm(AT_ONCE));
        asm.emit(B_LT, new Label("block_rest"));
        final Label loop = bind("block_values");
        load();
        for (int i = 0; i < VECTORS; i++) {
            toIntegers(i);
        }
        narrow();
        asm.emit(SADDLP, V.h8(TEMPORARY), V.b16(VALUE));
        asm.emit(SADALP, V.s4(SUMS), V.h8(TEMPORARY));
        storeChunks();
        asm.emit(SUBS, LEFT, LEFT, new Imm(AT_ONCE));
        asm.emit(B_GE, loop);
        bind("block_rest");
        asm.emit(ADDS, LEFT, LEFT, new Imm(AT_ONCE));
        asm.emit(B_EQ, new Label("block_done"));
        blockRest();
        bind("block_done");
        storeBeginning();
        asm.emit(LDR, LEFT, Mem.at(ARGUMENTS, QuantizerArguments.BLOCK));
        asm.emit(SUBS, ROW_LEFT, ROW_LEFT, LEFT);
        asm.emit(B_NE, block);
    }

    /** The values after the last sixteen, one by one; chunks of a row of a group are as far from each other as aligned. */
    private void blockRest() {
        final Label one = bind("block_value");
        asm.emit(LDR, Scalar.s(VALUE), Mem.after(FROM, Float.BYTES));
        toIntegers(0);
        narrow();
        asm.emit(ST1, RegisterList.list(new V(VALUE, Arrangement.B), 1).lane(0), Mem.after(TO, 1));
        asm.emit(SMOV, SCRATCH.w(), new V(VALUE, Arrangement.B).lane(0));
        asm.emit(ADD, SUM.w(), SUM.w(), SCRATCH.w());
        if (groupRows != 1) {
            asm.emit(TST, TO, new Imm(kr - 1L));
            asm.emit(B_NE, new Label("block_chunk_open"));
            asm.emit(ADD, TO, TO, new Imm((groupRows - 1L) * kr));
            bind("block_chunk_open");
        }
        asm.emit(SUBS, LEFT, LEFT, new Imm(1));
        asm.emit(B_NE, one);
    }

    private void storeBeginning() {
        asm.emit(ADDV, Scalar.s(SUMS), V.s4(SUMS));
        asm.emit(FMOV, SCRATCH.w(), Scalar.s(SUMS));
        asm.emit(ADD, SCRATCH.w(), SCRATCH.w(), SUM.w());
        asm.emit(LSL, SCRATCH.w(), SCRATCH.w(), new Imm(INT4_OFFSET_SHIFT));
        asm.emit(NEG, SCRATCH.w(), SCRATCH.w());
        if (origin != 0) {
            asm.set(LEFT, origin);
            asm.emit(ADD, SCRATCH.w(), SCRATCH.w(), LEFT.w());
        }
        if (groupRows == 1) {
            asm.emit(STR, SCRATCH.w(), Mem.at(BEGINNING));
        } else {
            asm.emit(STP, SCRATCH.w(), SCRATCH.w(), Mem.at(BEGINNING));
        }
    }

    /** NaN becomes 0, what is too large for an int32 the largest. */
    private void toIntegers(int index) {
        final V value = V.s4(VALUE + index);
        asm.emit(FMUL, value, value, V.s4(SCALE));
        asm.emit(FCVTAS, value, value);
        asm.emit(SQADD, value, value, V.s4(ZERO_POINT));
    }

    /** To bytes, values beyond them the nearest. */
    private void narrow() {
        asm.emit(SQXTN, new V(TEMPORARY, Arrangement.H4), V.s4(VALUE));
        asm.emit(SQXTN2, V.h8(TEMPORARY), V.s4(VALUE + 1));
        asm.emit(SQXTN, new V(TEMPORARY + 1, Arrangement.H4), V.s4(VALUE + 2));
        asm.emit(SQXTN2, V.h8(TEMPORARY + 1), V.s4(VALUE + 3));
        asm.emit(SQXTN, new V(VALUE, Arrangement.B8), V.h8(TEMPORARY));
        asm.emit(SQXTN2, V.b16(VALUE), V.h8(TEMPORARY + 1));
    }

    private void storeChunks() {
        if (groupRows == 1) {
            asm.emit(STR, Scalar.q(VALUE), Mem.after(TO, AT_ONCE));
            return;
        }
        interleave();
        final V chunks = new V(VALUE, kr == 8 ? Arrangement.D : Arrangement.S);
        for (int chunk = 0; chunk < AT_ONCE / kr; chunk++) {
            asm.emit(ST1, RegisterList.list(chunks, 1).lane(chunk), Mem.at(TO));
            asm.emit(ADD, TO, TO, CHUNK_STRIDE);
        }
    }

    private void interleave() {
        if (interleaved) {
            NibbleOrder.emit(asm, VALUE, TEMPORARY);
        }
    }

    /** The same of a chunk that has been written value by value. */
    private void interleaveChunk() {
        if (interleaved) {
            asm.emit(SUB, SCRATCH, TO, new Imm(kr));
            asm.emit(LDR, Scalar.s(VALUE), Mem.at(SCRATCH));
            interleave();
            asm.emit(STR, Scalar.s(VALUE), Mem.at(SCRATCH));
        }
    }

    /** The values after the last sixteen, one by one, and zeros up to a whole chunk. */
    private void rest() {
        asm.emit(MOV, WRITTEN, new Imm(0));
        final Label one = bind("value");
        asm.emit(LDR, Scalar.s(VALUE), Mem.after(FROM, Float.BYTES));
        toIntegers(0);
        narrow();
        asm.emit(ST1, RegisterList.list(new V(VALUE, Arrangement.B), 1).lane(0), Mem.after(TO, 1));
        asm.emit(ADD, WRITTEN, WRITTEN, new Imm(1));
        asm.emit(CMP, WRITTEN, new Imm(kr));
        asm.emit(B_NE, new Label("chunk_open"));
        interleaveChunk();
        asm.emit(MOV, WRITTEN, new Imm(0));
        asm.emit(ADD, TO, TO, CHUNK_STRIDE);
        asm.emit(SUB, TO, TO, new Imm(kr));
        bind("chunk_open");
        asm.emit(SUBS, LEFT, LEFT, new Imm(1));
        asm.emit(B_NE, one);
        asm.emit(CBZ, WRITTEN, new Label("values_done"));
        final Label zero = bind("zero");
        asm.emit(STRB, Gpr.WZR, Mem.after(TO, 1));
        asm.emit(ADD, WRITTEN, WRITTEN, new Imm(1));
        asm.emit(CMP, WRITTEN, new Imm(kr));
        asm.emit(B_NE, zero);
        interleaveChunk();
    }

    private void endRow() {
        asm.emit(ADD, SCRATCH, QUANTIZED, VALUES);
        asm.emit(LSL, LEFT, ROW, new Imm(Integer.numberOfTrailingZeros(QuantizerArguments.ROW_METADATA)));
        asm.emit(ADD, SCRATCH, SCRATCH, LEFT);
        asm.emit(STR, Scalar.s(ZERO_POINT), Mem.at(SCRATCH));
        asm.emit(STR, Scalar.s(INVERSE), Mem.at(SCRATCH, Integer.BYTES));
        asm.emit(ADD, SOURCE, SOURCE, SOURCE_STRIDE);
        asm.emit(ADD, ROW, ROW, new Imm(1));
        asm.emit(CMP, ROW, GROUP_ROWS);
        asm.emit(B_NE, new Label("group_open"));
        asm.emit(MOV, ROW, new Imm(0));
        asm.emit(ADD, QUANTIZED, QUANTIZED, STRIDE);
        bind("group_open");
    }
}
