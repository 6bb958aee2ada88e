package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.BIT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.DUP;
import static dev.tilesmith.processor.asm.aarch64.Op.FABS;
import static dev.tilesmith.processor.asm.aarch64.Op.FCMGT;
import static dev.tilesmith.processor.asm.aarch64.Op.FCMP;
import static dev.tilesmith.processor.asm.aarch64.Op.FCSEL;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVT;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTAS;
import static dev.tilesmith.processor.asm.aarch64.Op.FDIV;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAXV;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.LSR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.RET;
import static dev.tilesmith.processor.asm.aarch64.Op.SADALP;
import static dev.tilesmith.processor.asm.aarch64.Op.SADDLP;
import static dev.tilesmith.processor.asm.aarch64.Op.SADDLV;
import static dev.tilesmith.processor.asm.aarch64.Op.SCVTF;
import static dev.tilesmith.processor.asm.aarch64.Op.SHL;
import static dev.tilesmith.processor.asm.aarch64.Op.SMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.SUB;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.K;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.QUANTIZED;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.SOURCE;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Condition;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Modifier;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.BeforeBlock;
import java.util.Optional;

/**
 * The function that quantizes rows of f32 values to {@code QSI8D32}, in blocks of 32: {@code f(arguments, source, source,
 * quantized)} by the AAPCS64, its arguments laid out by {@link QuantizerArguments}. A block is 32 bits that say what {@link
 * BeforeBlock} does, an int32 there being {@link FloatSums}; the values as signed bytes; and an f32: the scale, rounded to
 * binary16.
 *
 * <p>Where rows are taken in pairs, both have their blocks in one, eight values of a row beside eight of the other; what is
 * before and after the values of a row is there twice. Of a last row without another the other's places are not written.
 *
 * <p>Where rows are taken in groups of any number, all have their blocks in one too, four values of a row beside four of
 * the next, and what is before the values of all rows, and after them, is there together.
 */
public final class BlockQuantizerCode {
    private static final int BLOCK = PanelLayout.INT4_GROUP;
    private static final int VECTORS = BLOCK / 4;

    /** Blocks of a row take the place of its values. */
    private static final Gpr BLOCKS = QuantizerRows.K;

    private static final Gpr FROM = Gpr.x(8);
    private static final Gpr TO = Gpr.x(9);
    private static final Gpr LEFT = Gpr.x(10);
    private static final Gpr SCRATCH = Gpr.x(11);

    /** Number of the row in its pair or group. */
    private static final Gpr ROW = Gpr.x(12);

    /** Rows of a group, where these are any number. */
    private static final Gpr GROUP_ROWS = Gpr.x(13);

    /** Bytes from one 32 bits of a row to the next, in such a group. */
    private static final Gpr WORD_STRIDE = Gpr.x(14);

    /** Rows of a pair, and values of a row that lie together in it. */
    private static final int PAIR = 2;

    private static final int KR = 8;

    /** How rows are taken. */
    private enum Grouping {
        ONE_BY_ONE,
        PAIRS,
        GROUPS
    }

    /** Vector registers of a block; v8 to v15 are the caller's. The largest magnitudes take two. */
    private static final int MAX = 0;

    private static final int SCALE = 2;
    private static final int INVERSE = 3;
    private static final int SUM = 4;
    private static final int ORIGIN = 5;
    private static final int VALUE = QuantizerValues.FIRST;
    private static final int MAGNITUDE = 24;
    private static final int TEMPORARY = 26;

    /** Vector registers that are kept. */
    private static final int STEPS = 28;

    private static final int ONE = 29;
    private static final int ZERO = 30;
    private static final int LOWEST = 31;

    /** What a weight of four bits is offset by, as a shift. */
    private static final int INT4_OFFSET_SHIFT = 3;

    private static final int MINUS_127 = 0x81;

    private final BeforeBlock before;
    private final Grouping grouping;
    private final Assembler asm = new Assembler();
    private final Optional<QuantizerValues.Chunks> chunks;
    private final QuantizerRows rows;
    private final QuantizerValues values;

    private BlockQuantizerCode(BeforeBlock before, Grouping grouping, boolean interleaved) {
        if (before == BeforeBlock.MINUS_128_SUM) {
            throw new IllegalArgumentException("before: " + before + "; no weights are offset by 128");
        }
        this.before = before;
        this.grouping = grouping;
        this.chunks = switch (grouping) {
            case ONE_BY_ONE -> Optional.empty();
            case PAIRS -> Optional.of(new QuantizerValues.Chunks(KR, new Imm(PAIR * (long) KR)));
            case GROUPS -> Optional.of(new QuantizerValues.Chunks(Integer.BYTES, WORD_STRIDE));
        };
        this.rows = new QuantizerRows(asm, groups(grouping));
        this.values = new QuantizerValues(asm, TEMPORARY, chunks, interleaved);
    }

    private static Optional<QuantizerRows.Groups> groups(Grouping grouping) {
        return switch (grouping) {
            case ONE_BY_ONE -> Optional.empty();
            case PAIRS -> Optional.of(new QuantizerRows.Groups(ROW, new Imm(PAIR)));
            case GROUPS -> Optional.of(new QuantizerRows.Groups(ROW, GROUP_ROWS));
        };
    }

    /**
     * Assembles the function.
     *
     * @param before what is before the values of a block; Arm multiplies signed values with signed ones, so weights of
     *     eight bits have no offset to take off
     */
    public static MachineCode assemble(BeforeBlock before) {
        return new BlockQuantizerCode(before, Grouping.ONE_BY_ONE, false).assemble();
    }

    /** Assembles the function for rows that are taken in pairs. */
    public static MachineCode assembleForPairsOfRows(BeforeBlock before) {
        return new BlockQuantizerCode(before, Grouping.PAIRS, false).assemble();
    }

    /**
     * Assembles the function for groups of as many rows as {@link QuantizerArguments#GROUP_ROWS} says.
     *
     * @param before what is before the values of a block
     * @param interleaved whether values are in the order of weights of four bits, {@link NibbleOrder}
     */
    public static MachineCode assembleForAnyGroup(BeforeBlock before, boolean interleaved) {
        return new BlockQuantizerCode(before, Grouping.GROUPS, interleaved).assemble();
    }

    private MachineCode assemble() {
        begin();
        rows.each(this::row);
        asm.bind(new Label("done"));
        asm.emit(RET);
        return asm.assemble();
    }

    private void row() {
        asm.emit(MOV, FROM, SOURCE);
        asm.emit(MOV, TO, QUANTIZED);
        chunks.ifPresent(
                chunk -> asm.emit(ADD, TO, TO, ROW, Modifier.lsl(Integer.numberOfTrailingZeros(chunk.together()))));
        asm.emit(MOV, LEFT, BLOCKS);
        asm.align(32);
        final Label block = new Label("block");
        asm.bind(block);
        block();
        asm.emit(SUBS, LEFT, LEFT, new Imm(1));
        asm.emit(B_NE, block);
    }

    private void begin() {
        rows.begin(SCRATCH);
        asm.emit(LSR, BLOCKS, K, new Imm(Integer.numberOfTrailingZeros(BLOCK)));
        asm.emit(CBZ, BLOCKS, new Label("done"));
        rows.loadStrides();
        asm.emit(MOV, ROW, new Imm(0));
        if (grouping == Grouping.GROUPS) {
            rows.loadGroup(GROUP_ROWS, WORD_STRIDE, Integer.BYTES);
        }
        asm.set(Scalar.s(STEPS), 127f, SCRATCH);
        asm.set(Scalar.s(ONE), 1f, SCRATCH);
        asm.emit(MOVI, V.s4(ZERO), new Imm(0));
        asm.emit(MOVI, V.b16(LOWEST), new Imm(MINUS_127));
        if (before == BeforeBlock.MINUS_8_SUM) {
            asm.set(SCRATCH, FloatSums.ORIGIN);
            asm.emit(DUP, V.s4(ORIGIN), SCRATCH.w());
        }
    }

    /** Blocks do not depend on each other, so the divisions of one are done while others are loaded and stored. */
    private void block() {
        findLargest();
        chooseScale();
        for (int v = 0; v < VECTORS; v++) {
            final V value = V.s4(VALUE + v);
            asm.emit(FMUL, value, value, new V(INVERSE, Arrangement.S).lane(0));
            asm.emit(FCVTAS, value, value); // NaN becomes 0, what is too large for an int32 the largest
        }
        narrow(VALUE);
        narrow(VALUE + VECTORS / 2);
        storeBefore();
        values.store(VALUE, TO);
        values.store(VALUE + VECTORS / 2, TO);
        storeOfBlock(SCALE);
    }

    /** Goes on from 32 bits to what comes next of the row. */
    private void advance() {
        asm.emit(ADD, TO, TO, chunks.map(QuantizerValues.Chunks::stride).orElse(new Imm(Integer.BYTES)));
    }

    /** Stores 32 bits that belong to a block of the row. */
    private void storeOfBlock(int from) {
        if (grouping == Grouping.ONE_BY_ONE) {
            asm.emit(STR, Scalar.s(from), Mem.after(TO, Integer.BYTES));
            return;
        }
        if (grouping == Grouping.PAIRS) {
            asm.emit(DUP, V.s4(from), new V(from, Arrangement.S).lane(0));
            asm.emit(STR, Scalar.d(from), Mem.at(TO));
        } else {
            asm.emit(STR, Scalar.s(from), Mem.at(TO));
        }
        advance();
    }

    /** Leaves the largest magnitude in the first lane. A comparison with NaN is false: NaN is no magnitude. */
    private void findLargest() {
        values.load(FROM, VECTORS);
        asm.emit(MOVI, V.s4(MAX), new Imm(0));
        asm.emit(MOVI, V.s4(MAX + 1), new Imm(0));
        for (int v = 0; v < VECTORS; v++) {
            final V max = V.s4(MAX + v % 2);
            final V magnitude = V.s4(MAGNITUDE + v % 2);
            final V larger = V.s4(TEMPORARY + v % 2);
            asm.emit(FABS, magnitude, V.s4(VALUE + v));
            asm.emit(FCMGT, larger, magnitude, max);
            asm.emit(BIT, max.as(Arrangement.B16), magnitude.as(Arrangement.B16), larger.as(Arrangement.B16));
        }
        asm.emit(FMAX, V.s4(MAX), V.s4(MAX), V.s4(MAX + 1));
        asm.emit(FMAXV, Scalar.s(MAX), V.s4(MAX));
    }

    /** {@code largest / 127}, rounded to binary16, and its inverse before that, or 0 where it is 0. */
    private void chooseScale() {
        final Scalar scale = Scalar.s(SCALE);
        final Scalar half = new Scalar(ElementSize.H, SCALE);
        asm.emit(FDIV, scale, Scalar.s(MAX), Scalar.s(STEPS));
        asm.emit(FDIV, Scalar.s(INVERSE), Scalar.s(ONE), scale);
        asm.emit(FCMP, scale, Scalar.s(ZERO));
        asm.emit(FCSEL, Scalar.s(INVERSE), Scalar.s(ZERO), Scalar.s(INVERSE), Condition.EQ);
        asm.emit(FCVT, half, scale);
        asm.emit(FCVT, scale, half);
    }

    /** Makes 16 integers bytes, those beyond [-127, 127] the nearest there. */
    private void narrow(int first) {
        values.narrow(first);
        asm.emit(SMAX, V.b16(first), V.b16(first), V.b16(LOWEST));
    }

    private void storeBefore() {
        if (before == BeforeBlock.NOTHING) {
            advance();
            return;
        }
        asm.emit(SADDLP, V.h8(SUM), V.b16(VALUE));
        asm.emit(SADALP, V.h8(SUM), V.b16(VALUE + VECTORS / 2));
        asm.emit(SADDLV, Scalar.s(SUM), V.h8(SUM));
        if (before == BeforeBlock.SCALED_SUM) {
            asm.emit(SCVTF, Scalar.s(SUM), Scalar.s(SUM));
            asm.emit(FMUL, Scalar.s(SUM), Scalar.s(SUM), Scalar.s(SCALE));
        } else {
            asm.emit(SHL, V.s4(SUM), V.s4(SUM), new Imm(INT4_OFFSET_SHIFT));
            asm.emit(SUB, V.s4(SUM), V.s4(ORIGIN), V.s4(SUM));
        }
        storeOfBlock(SUM);
    }
}
