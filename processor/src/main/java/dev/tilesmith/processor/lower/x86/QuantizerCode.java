package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R10;
import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.R12;
import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBP;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Gpr.RSI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.AND;
import static dev.tilesmith.processor.asm.x86.Op.BZHI;
import static dev.tilesmith.processor.asm.x86.Op.CMOVL;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JGE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.KMOVW;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.POP;
import static dev.tilesmith.processor.asm.x86.Op.PUSH;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.SHR;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VADDSS;
import static dev.tilesmith.processor.asm.x86.Op.VANDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBLENDVPS;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCMPPS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTSS2SI;
import static dev.tilesmith.processor.asm.x86.Op.VDIVSS;
import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTI128;
import static dev.tilesmith.processor.asm.x86.Op.VMASKMOVPS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXSS;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMINSS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVD;
import static dev.tilesmith.processor.asm.x86.Op.VMOVQ;
import static dev.tilesmith.processor.asm.x86.Op.VMOVSS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULSS;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSDW;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSWB;
import static dev.tilesmith.processor.asm.x86.Op.VPACKUSWB;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VPADDSW;
import static dev.tilesmith.processor.asm.x86.Op.VPAND;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTW;
import static dev.tilesmith.processor.asm.x86.Op.VPCMPGTD;
import static dev.tilesmith.processor.asm.x86.Op.VPERMD;
import static dev.tilesmith.processor.asm.x86.Op.VPMAXSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMAXSW;
import static dev.tilesmith.processor.asm.x86.Op.VPMINSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMINSW;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVDB;
import static dev.tilesmith.processor.asm.x86.Op.VPSUBD;
import static dev.tilesmith.processor.asm.x86.Op.VSUBSS;
import static dev.tilesmith.processor.asm.x86.Op.VXORPS;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;
import static dev.tilesmith.processor.asm.x86.Op.XOR;

import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.runtime.QuantizerArguments;
import java.util.Arrays;
import java.util.List;

/**
 * The function that quantizes rows of f32 values to {@code QAI8DX}, offset by 128 or, for weights of four bits or two, signed
 * and in blocks: {@code f(arguments, source, source, quantized)} by the System V convention, its arguments laid out by {@link QuantizerArguments}.
 *
 * <p>Values are rounded as {@link HalvesAway} does. Narrowing saturates: it bounds what that leaves.
 */
public final class QuantizerCode {
    /** Predicates of vcmpps that raise no exception on NaN. */
    private static final int EQUAL = 0;

    private static final int NOT_EQUAL = 4;
    private static final int ORDERED = 7;
    private static final int GREATER = 30;

    /** Vectors of a chunk: they are taken at once, and make one vector of bytes. */
    private static final int VECTORS = 4;

    private static final int OFFSET = 128;

    /** Rows of a group. */
    private static final int ROWS_AT_ONCE = 4;

    private static final List<Gpr> SAVED = List.of(RBX, RBP, R12, R13);

    /** Besides, for blocks: where the values of the block end, and where what its sums begin with is stored. */
    private static final List<Gpr> SAVED_FOR_BLOCKS = List.of(RBX, RBP, R12, R13, R14, R15);

    private static final int FIRST_TAIL_MASK = 1;

    /** Registers that are kept through a row. */
    private static final int SCALE = 2;

    private static final int ZERO = 3;
    private static final int INVERSE_SCALE = 7;
    private static final int ZERO_POINT = 10;
    private static final int SIGN = 12;
    private static final int BELOW_HALF = 13;
    private static final int HIGHEST = 14;
    private static final int ORDER = 15;

    /** Registers of a chunk. */
    private static final int[] VALUES = {0, 1, 4, 5};

    /** Registers of a row in blocks: bounds of values before the zero point is added, and sums of a block. */
    private static final int LOWEST = 8;

    private static final int LARGEST = 9;
    private static final int SUM = 15;

    private static final Mask BLOCK_TAIL_MASK = new Mask(FIRST_TAIL_MASK + VECTORS + 1);

    private static final int HALF = 6;
    private static final int LANES = 11;

    private final Isa isa;
    private final int elementBytes;
    private final boolean blocks;
    private final Assembler asm;
    private final HalvesAway halvesAway;

    private QuantizerCode(Isa isa, int elementBytes, boolean blocks) {
        this.isa = isa;
        this.elementBytes = elementBytes;
        this.blocks = blocks;
        this.asm = new Assembler(isa == Isa.AVX512 ? Mode.EVEX : Mode.VEX);
        this.halvesAway = new HalvesAway(asm, isa, new HalvesAway.Registers(SIGN, BELOW_HALF, HIGHEST, HALF, LANES));
    }

    /**
     * Assembles the function.
     *
     * @param elementBytes bytes of a quantized value: 1 or 2
     */
    public static MachineCode assemble(Isa isa, int elementBytes) {
        if (elementBytes != 1 && elementBytes != 2) {
            throw new IllegalArgumentException("elementBytes: " + elementBytes + "; expected 1 or 2");
        }
        return assemble(new QuantizerCode(isa, elementBytes, false));
    }

    /**
     * Assembles the function for weights of four bits or two: values are signed bytes in blocks, and before each is what its sums
     * begin with.
     */
    public static MachineCode assembleForBlocks(Isa isa) {
        return assemble(new QuantizerCode(isa, Byte.BYTES, true));
    }

    private static MachineCode assemble(QuantizerCode code) {
        code.emit();
        return code.asm.assemble();
    }

    private List<Gpr> saved() {
        return blocks ? SAVED_FOR_BLOCKS : SAVED;
    }

    private void emit() {
        saved().forEach(register -> asm.emit(PUSH, register));
        begin();
        final Label group = bind("group");
        beginGroup();
        final Label range = bind("row_range");
        findRange();
        Lanes.reduce(asm, isa, VMINPS, vector(0), vector(1));
        Lanes.reduce(asm, isa, VMAXPS, vector(VECTORS), vector(VECTORS + 1));
        chooseScale();
        chooseZeroPoint();
        putMetadata();
        nextRow(range);
        asm.emit(MOV, RSI, R12);
        asm.emit(MOV, RCX, RBP);
        asm.emit(MOV, R13, RBX);
        final Label row = bind("row");
        getMetadata();
        if (blocks) {
            quantizeBlocks();
        } else {
            quantize();
        }
        putMetadata();
        nextRow(row);
        asm.emit(SUB, R9, RBX);
        asm.emit(JNE, group);
        asm.emit(VZEROUPPER);
        saved().reversed().forEach(register -> asm.emit(POP, register));
        asm.emit(RET);
    }

    /**
     * Rows are taken in groups: between the range of a row and its values lies a chain of divisions, which the ranges of
     * others fill. Leaves in rbx and r13 the rows of the group, in r12 and rbp where they and their values begin.
     */
    private void beginGroup() {
        asm.emit(MOV, RBX, new Imm(ROWS_AT_ONCE));
        asm.emit(CMP, R9, RBX);
        asm.emit(CMOVL, RBX, R9);
        asm.emit(MOV, R13, RBX);
        asm.emit(MOV, R12, RSI);
        asm.emit(MOV, RBP, RCX);
    }

    private void nextRow(Label again) {
        asm.emit(ADD, RSI, mem(RDI, QuantizerArguments.SOURCE_STRIDE));
        asm.emit(ADD, RCX, mem(RDI, QuantizerArguments.STRIDE));
        asm.emit(DEC, R13);
        asm.emit(JNE, again);
    }

    private Label bind(String name) {
        final Label label = new Label(name);
        asm.bind(label);
        return label;
    }

    private Vec vector(int index) {
        return new Vec(isa.bits(), index);
    }

    private int vectorBytes() {
        return isa.bits() / 8;
    }

    /** Values of a chunk. */
    private int chunk() {
        return VECTORS * isa.lanes();
    }

    private Mem constant(float value) {
        return Mem.at(asm.constant(new float[] {value}, Float.BYTES));
    }

    /** Leaves in r9 the rows, in r11 the bytes of a row's whole chunks. */
    private void begin() {
        asm.emit(ADD, RSI, mem(RDI, QuantizerArguments.SOURCE_OFFSET));
        asm.emit(MOV, R9, mem(RDI, QuantizerArguments.ROWS));
        asm.emit(MOV, R11, mem(RDI, QuantizerArguments.K));
        asm.emit(MOV, RDX, R11);
        asm.emit(AND, RDX, new Imm(chunk() - 1L));
        asm.emit(SUB, R11, RDX);
        asm.emit(SHL, R11, new Imm(2));
        tailMasks();
        halvesAway.begin();
        asm.emit(VMOVUPS, vector(ORDER), Mem.at(asm.constant(order(), vectorBytes())));
    }

    /**
     * Of the values after the whole chunks, whose number is in rdx: masks of the vectors they lie in, or in r10 the
     * address of such masks.
     */
    private void tailMasks() {
        if (isa == Isa.AVX512) {
            asm.emit(MOV, RAX, new Imm(-1));
            asm.emit(BZHI, RAX, RAX, RDX);
            for (int v = 0; v < VECTORS; v++) {
                asm.emit(KMOVW, tailMask(v), RAX.as(32));
                asm.emit(SHR, RAX, new Imm(isa.lanes()));
            }
        } else {
            final int[] masks = new int[2 * chunk()];
            Arrays.fill(masks, 0, chunk(), -1);
            asm.emit(LEA, R10, Mem.at(asm.constant(masks, vectorBytes())).plus(chunk() * Integer.BYTES));
            asm.emit(SHL, RDX, new Imm(2));
            asm.emit(SUB, R10, RDX);
        }
    }

    private static Mask tailMask(int vector) {
        return new Mask(FIRST_TAIL_MASK + vector);
    }

    /** Jumps if a row has no values after its whole chunks; rax is used. */
    private void skipTail(Label to) {
        asm.emit(MOV, RAX, mem(RDI, QuantizerArguments.K));
        asm.emit(TEST, RAX, new Imm(chunk() - 1L));
        asm.emit(JE, to);
    }

    /** Bounds of the row, from 0 on. min and max give their second source where the first is NaN. */
    private void findRange() {
        for (int i = 0; i < 2 * VECTORS; i++) {
            clear(i);
        }
        asm.emit(XOR, RAX.as(32), RAX.as(32));
        asm.emit(TEST, R11, R11);
        asm.emit(JE, new Label("range_tail"));
        asm.align(32);
        final Label loop = bind("range");
        for (int v = 0; v < VECTORS; v++) {
            final Vec value = vector(2 * VECTORS + v);
            asm.emit(VMOVUPS, value, source(RAX, v));
            widenRange(value, v);
        }
        asm.emit(ADD, RAX, new Imm((long) VECTORS * vectorBytes()));
        asm.emit(CMP, RAX, R11);
        asm.emit(JL, loop);
        bind("range_tail");
        skipTail(new Label("range_done"));
        for (int v = 0; v < VECTORS; v++) {
            final Vec value = vector(2 * VECTORS);
            loadTail(value, v);
            widenRange(value, v);
        }
        bind("range_done");
        for (int i = 1; i < VECTORS; i++) {
            asm.emit(VMINPS, vector(0), vector(0), vector(i));
            asm.emit(VMAXPS, vector(VECTORS), vector(VECTORS), vector(VECTORS + i));
        }
    }

    /** A vector of the chunk at an offset into the row. */
    private Mem source(Gpr offset, int vector) {
        return mem(RSI, offset, 1, vector * vectorBytes());
    }

    private void widenRange(Vec value, int index) {
        asm.emit(VMINPS, vector(index), value, vector(index));
        asm.emit(VMAXPS, vector(VECTORS + index), value, vector(VECTORS + index));
    }

    private void clear(int index) {
        asm.emit(VXORPS, Vec.xmm(index), Vec.xmm(index), Vec.xmm(index));
    }

    /** A vector of the values after the whole chunks; zero beyond. */
    private void loadTail(Vec to, int vector) {
        if (isa == Isa.AVX512) {
            asm.emit(VMOVUPS, to.zeroing(tailMask(vector)), source(R11, vector));
        } else {
            asm.emit(VMOVUPS, vector(LANES), mem(R10, vector * vectorBytes()));
            asm.emit(VMASKMOVPS, to, vector(LANES), source(R11, vector));
        }
    }

    /** From rmin in xmm0 and rmax in xmm4: the scale and its inverse. The range is 0 only where both are equal. */
    private void chooseScale() {
        final Vec range = Vec.xmm(1);
        final Vec scale = Vec.xmm(SCALE);
        final Vec inverse = Vec.xmm(INVERSE_SCALE);
        final Vec zero = Vec.xmm(ZERO);
        final Vec mask = Vec.xmm(5);
        final Vec one = Vec.xmm(6);
        clear(ZERO);
        asm.emit(VSUBSS, range, Vec.xmm(VECTORS), Vec.xmm(0));
        asm.emit(VMOVSS, one, constant(1f));
        asm.emit(VMOVSS, scale, constant(255f));
        asm.emit(VDIVSS, scale, scale, range);
        asm.emit(VCMPPS, mask, range, zero, new Imm(EQUAL));
        asm.emit(VBLENDVPS, scale, scale, one, mask);
        asm.emit(VDIVSS, inverse, one, scale);
        asm.emit(VCMPPS, mask, scale, zero, new Imm(NOT_EQUAL));
        asm.emit(VANDPS, inverse, inverse, mask);
    }

    /** Leaves the zero point, offset, in r8. NaN becomes 0 before the offset. */
    private void chooseZeroPoint() {
        final Vec min = Vec.xmm(0);
        final Vec max = Vec.xmm(VECTORS);
        final Vec mask = Vec.xmm(5);
        final Vec lowest = Vec.xmm(8);
        final Vec highest = Vec.xmm(9);
        final Vec exact = Vec.xmm(ZERO_POINT);
        final Vec other = Vec.xmm(11);
        asm.emit(VMULSS, min, min, Vec.xmm(SCALE));
        asm.emit(VMULSS, max, max, Vec.xmm(SCALE));
        asm.emit(VMOVSS, lowest, constant(-128f));
        asm.emit(VMOVSS, highest, constant(127f));
        asm.emit(VADDSS, exact, lowest, min);
        asm.emit(VADDSS, other, highest, max);
        asm.emit(VADDSS, exact, exact, other);
        asm.emit(VCMPPS, mask, exact, Vec.xmm(ZERO), new Imm(GREATER));
        asm.emit(VSUBSS, exact, lowest, min);
        asm.emit(VSUBSS, other, highest, max);
        asm.emit(VBLENDVPS, exact, other, exact, mask);
        asm.emit(VCMPPS, mask, exact, exact, new Imm(ORDERED));
        asm.emit(VANDPS, exact, exact, mask);
        asm.emit(VMAXSS, exact, exact, lowest);
        asm.emit(VMINSS, exact, exact, highest);
        asm.emit(VCVTSS2SI, R8.as(32), exact);
        if (!blocks) {
            asm.emit(ADD, R8.as(32), new Imm(OFFSET));
        }
    }

    private void quantize() {
        asm.emit(XOR, RAX.as(32), RAX.as(32));
        asm.emit(MOV, RDX, RCX);
        asm.emit(TEST, R11, R11);
        asm.emit(JE, new Label("tail"));
        asm.align(32);
        final Label loop = bind("values");
        for (int v = 0; v < VECTORS; v++) {
            final Vec value = vector(VALUES[v]);
            asm.emit(VMULPS, value, vector(SCALE), source(RAX, v));
            halvesAway.round(value);
        }
        narrow();
        asm.emit(ADD, RDX, new Imm((long) chunk() * elementBytes));
        asm.emit(ADD, RAX, new Imm((long) VECTORS * vectorBytes()));
        asm.emit(CMP, RAX, R11);
        asm.emit(JL, loop);
        bind("tail");
        skipTail(new Label("row_done"));
        for (int v = 0; v < VECTORS; v++) {
            final Vec value = vector(VALUES[v]);
            loadTail(value, v);
            asm.emit(VMULPS, value, value, vector(SCALE));
            halvesAway.round(value);
        }
        narrow();
        bind("row_done");
    }

    /**
     * A row in blocks, of whole vectors each, or one of all values. r15 points to what the sums of the block at hand begin
     * with, rax plus the source to its values, which end at r14.
     */
    private void quantizeBlocks() {
        asm.emit(VPBROADCASTD, vector(LOWEST), Mem.at(asm.constant(new int[] {-OFFSET}, Integer.BYTES)));
        asm.emit(VPBROADCASTD, vector(LARGEST), Mem.at(asm.constant(new int[] {OFFSET - 1}, Integer.BYTES)));
        asm.emit(VPSUBD, vector(LOWEST), vector(LOWEST), vector(ZERO_POINT));
        asm.emit(VPSUBD, vector(LARGEST), vector(LARGEST), vector(ZERO_POINT));
        asm.emit(XOR, RAX.as(32), RAX.as(32));
        asm.emit(MOV, RDX, RCX);
        final Label block = bind("block");
        asm.emit(MOV, R15, RDX);
        asm.emit(ADD, RDX, new Imm(Integer.BYTES));
        clear(SUM);
        asm.emit(MOV, R14, mem(RDI, QuantizerArguments.BLOCK));
        asm.emit(AND, R14, new Imm(-isa.lanes()));
        asm.emit(LEA, R14, mem(RAX, R14, 4, 0));
        asm.emit(CMP, RAX, R14);
        asm.emit(JGE, new Label("block_tail"));
        asm.align(32);
        final Label loop = bind("block_values");
        final Vec value = vector(VALUES[0]);
        asm.emit(VMULPS, value, vector(SCALE), source(RAX, 0));
        halvesAway.round(value);
        bound(value);
        asm.emit(VPADDD, vector(SUM), vector(SUM), value);
        storeSigned(value);
        asm.emit(ADD, RDX, new Imm(isa.lanes()));
        asm.emit(ADD, RAX, new Imm(vectorBytes()));
        asm.emit(CMP, RAX, R14);
        asm.emit(JL, loop);
        bind("block_tail");
        blockTail(value);
        bind("block_done");
        Lanes.reduce(asm, isa, VPADDD, vector(SUM), vector(VALUES[1]));
        asm.emit(VMOVD, R14.as(32), Vec.xmm(SUM));
        asm.emit(IMUL, R14.as(32), mem(RDI, QuantizerArguments.FACTOR));
        asm.emit(MOV, mem(R15), R14.as(32));
        asm.emit(MOV, R14, mem(RDI, QuantizerArguments.K));
        asm.emit(SHL, R14, new Imm(2));
        asm.emit(CMP, RAX, R14);
        asm.emit(JL, block);
    }

    /** The values after the whole vectors, where all of the row is one block; beyond them nothing is summed. */
    private void blockTail(Vec value) {
        asm.emit(MOV, R14, mem(RDI, QuantizerArguments.BLOCK));
        asm.emit(AND, R14, new Imm(isa.lanes() - 1L));
        asm.emit(JE, new Label("block_done"));
        final Vec lanes = vector(VALUES[1]);
        if (isa == Isa.AVX512) {
            final Label ones = asm.constant(new int[] {-1}, Integer.BYTES);
            asm.emit(BZHI, R14.as(32), Mem.at(ones), R14.as(32));
            asm.emit(KMOVW, BLOCK_TAIL_MASK, R14.as(32));
            asm.emit(VMOVUPS, value.zeroing(BLOCK_TAIL_MASK), source(RAX, 0));
        } else {
            asm.emit(VMOVD, Vec.xmm(VALUES[1]), R14.as(32));
            asm.emit(VPBROADCASTD, lanes, Vec.xmm(VALUES[1]));
            asm.emit(VPCMPGTD, lanes, lanes, Mem.at(asm.constant(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 32)));
            asm.emit(VMASKMOVPS, value, lanes, source(RAX, 0));
        }
        asm.emit(VMULPS, value, value, vector(SCALE));
        halvesAway.round(value);
        bound(value);
        storeSigned(value);
        if (isa == Isa.AVX512) {
            asm.emit(VPADDD, vector(SUM).merging(BLOCK_TAIL_MASK), vector(SUM), value);
        } else {
            asm.emit(VPAND, value, vector(VALUES[0]), lanes);
            asm.emit(VPADDD, vector(SUM), vector(SUM), value);
        }
        asm.emit(MOV, RAX, mem(RDI, QuantizerArguments.K));
        asm.emit(SHL, RAX, new Imm(2)); // the row is done
    }

    private void bound(Vec value) {
        asm.emit(VPMAXSD, value, value, vector(LOWEST));
        asm.emit(VPMINSD, value, value, vector(LARGEST));
        asm.emit(VPADDD, value, value, vector(ZERO_POINT));
    }

    /** A vector of values, as bytes; AVX2 leaves it as it is. */
    private void storeSigned(Vec value) {
        if (isa == Isa.AVX512) {
            asm.emit(VPMOVDB, mem(RDX), value);
        } else {
            final Vec bytes = vector(HALF).as(128);
            asm.emit(VEXTRACTI128, bytes, value, new Imm(1));
            asm.emit(VPACKSSDW, bytes, value.as(128), bytes);
            asm.emit(VPACKSSWB, bytes, bytes, bytes);
            asm.emit(VMOVQ, mem(RDX), bytes);
        }
    }

    /** Adds the zero point to a chunk, bounds, and stores all of it, whatever of it lies beyond the row. */
    private void narrow() {
        final Vec first = vector(VALUES[0]);
        final Vec second = vector(VALUES[2]);
        asm.emit(VPACKSSDW, first, first, vector(VALUES[1]));
        asm.emit(VPACKSSDW, second, second, vector(VALUES[3]));
        asm.emit(VPADDSW, first, first, vector(ZERO_POINT));
        asm.emit(VPADDSW, second, second, vector(ZERO_POINT));
        if (elementBytes == 1) {
            asm.emit(VPACKUSWB, first, first, second);
            store(first, 0);
        } else {
            storeWords(first, 0);
            storeWords(second, vectorBytes());
        }
    }

    private void storeWords(Vec words, int at) {
        asm.emit(VPMAXSW, words, words, vector(ZERO));
        asm.emit(VPMINSW, words, words, Mem.at(words255()));
        store(words, at);
    }

    private void store(Vec packed, int at) {
        asm.emit(VPERMD, packed, vector(ORDER), packed);
        asm.emit(VMOVUPS, mem(RDX, at), packed);
    }

    private Label words255() {
        final int[] pairs = new int[isa.lanes()];
        Arrays.fill(pairs, 255 << Short.SIZE | 255);
        return asm.constant(pairs, vectorBytes());
    }

    /**
     * Where packed values come from, in parts of 32 bits: packing goes by 128 bits of each vector, of which it takes a
     * part from each of the four, or two parts from each of two.
     */
    private int[] order() {
        final int parts = elementBytes == 1 ? 1 : 2;
        final int vectors = 4 / parts;
        final int groups = isa.bits() / 128;
        final int[] order = new int[isa.lanes()];
        for (int i = 0; i < order.length; i++) {
            final int group = i / parts % groups;
            final int vector = i / parts / groups;
            order[i] = (group * vectors + vector) * parts + i % parts;
        }
        return order;
    }

    /** After the values of a row: its zero point and inverse scale, and beyond them, as long as it is needed, its scale. */
    private void putMetadata() {
        asm.emit(MOV, RDX, mem(RDI, QuantizerArguments.VALUES));
        asm.emit(ADD, RDX, RCX);
        asm.emit(MOV, mem(RDX), R8.as(32));
        asm.emit(VMOVSS, mem(RDX, Integer.BYTES), Vec.xmm(INVERSE_SCALE));
        asm.emit(VMOVSS, mem(RDX, QuantizerArguments.ROW_METADATA), Vec.xmm(SCALE));
    }

    private void getMetadata() {
        asm.emit(MOV, RDX, mem(RDI, QuantizerArguments.VALUES));
        asm.emit(ADD, RDX, RCX);
        asm.emit(MOV, R8.as(32), mem(RDX));
        asm.emit(blocks ? VPBROADCASTD : VPBROADCASTW, vector(ZERO_POINT), mem(RDX));
        asm.emit(VMOVSS, Vec.xmm(INVERSE_SCALE), mem(RDX, Integer.BYTES));
        asm.emit(VBROADCASTSS, vector(SCALE), mem(RDX, QuantizerArguments.ROW_METADATA));
    }
}
