package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R10;
import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Gpr.RSI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.AND;
import static dev.tilesmith.processor.asm.x86.Op.BZHI;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JG;
import static dev.tilesmith.processor.asm.x86.Op.JGE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.JLE;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.KMOVW;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VADDPS;
import static dev.tilesmith.processor.asm.x86.Op.VADDSS;
import static dev.tilesmith.processor.asm.x86.Op.VANDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBLENDVPS;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCMPPS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPS2DQ;
import static dev.tilesmith.processor.asm.x86.Op.VCVTSS2SI;
import static dev.tilesmith.processor.asm.x86.Op.VDIVSS;
import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTF128;
import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTF64X4;
import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTI128;
import static dev.tilesmith.processor.asm.x86.Op.VMASKMOVPS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXSS;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMINSS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVD;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU;
import static dev.tilesmith.processor.asm.x86.Op.VMOVHLPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVQ;
import static dev.tilesmith.processor.asm.x86.Op.VMOVSHDUP;
import static dev.tilesmith.processor.asm.x86.Op.VMOVSS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULSS;
import static dev.tilesmith.processor.asm.x86.Op.VORPS;
import static dev.tilesmith.processor.asm.x86.Op.VPACKUSDW;
import static dev.tilesmith.processor.asm.x86.Op.VPACKUSWB;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPCMPGTD;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVDB;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVDW;
import static dev.tilesmith.processor.asm.x86.Op.VRNDSCALEPS;
import static dev.tilesmith.processor.asm.x86.Op.VROUNDPS;
import static dev.tilesmith.processor.asm.x86.Op.VSUBSS;
import static dev.tilesmith.processor.asm.x86.Op.VXORPS;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;
import static dev.tilesmith.processor.asm.x86.Op.XOR;

import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Op;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.runtime.QuantizerArguments;

/**
 * The function that quantizes rows of f32 values to {@code QAI8DX}, offset by 128: {@code f(arguments, source, source,
 * quantized)} by the System V convention, its arguments laid out by {@link QuantizerArguments}.
 *
 * <p>Halves are rounded away from zero by adding the largest float below one half, with the value's sign, and cutting
 * off the fraction. Rounded values are bounded as floats, before any conversion that could overflow.
 */
public final class QuantizerCode {
    /** Predicates of vcmpps that raise no exception on NaN. */
    private static final int EQUAL = 0;

    private static final int NOT_EQUAL = 4;
    private static final int ORDERED = 7;
    private static final int GREATER = 30;

    /** Operand of the rounding instructions: toward zero, silently. */
    private static final int TRUNCATE = 11;

    /** Vectors that the search for the range takes at once, each with bounds of its own. */
    private static final int AT_ONCE = 4;

    private static final int OFFSET = 128;

    private static final Mask TAIL_MASK = new Mask(1);
    private static final Mask ORDERED_MASK = new Mask(2);

    /** Registers that are kept through a row. */
    private static final int SCALE = 2;

    private static final int ZERO = 3;
    private static final int INVERSE_SCALE = 7;
    private static final int ZERO_POINT = 10;
    private static final int SIGN = 12;
    private static final int BELOW_HALF = 13;
    private static final int LARGEST = 14;
    private static final int TAIL = 15;

    private final Isa isa;
    private final int elementBytes;
    private final Assembler asm;

    private QuantizerCode(Isa isa, int elementBytes) {
        this.isa = isa;
        this.elementBytes = elementBytes;
        this.asm = new Assembler(isa == Isa.AVX512 ? Mode.EVEX : Mode.VEX);
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
        final QuantizerCode code = new QuantizerCode(isa, elementBytes);
        code.emit();
        return code.asm.assemble();
    }

    private void emit() {
        begin();
        final Label row = bind("row");
        findRange();
        reduce(VMINPS, vector(0), vector(1));
        reduce(VMAXPS, vector(AT_ONCE), vector(AT_ONCE + 1));
        chooseScale();
        chooseZeroPoint();
        quantize();
        endRow();
        asm.emit(DEC, R9);
        asm.emit(JNE, row);
        asm.emit(VZEROUPPER);
        asm.emit(RET);
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

    private Mem constant(float value) {
        return Mem.at(asm.constant(new float[] {value}, Float.BYTES));
    }

    /** Leaves in r9 the rows, in r10 the values of a row beyond whole vectors, in r11 the bytes of the whole vectors. */
    private void begin() {
        asm.emit(ADD, RSI, mem(RDI, QuantizerArguments.SOURCE_OFFSET));
        asm.emit(MOV, R9, mem(RDI, QuantizerArguments.ROWS));
        asm.emit(MOV, R11, mem(RDI, QuantizerArguments.K));
        asm.emit(MOV, R10, R11);
        asm.emit(AND, R10, new Imm(isa.lanes() - 1L));
        asm.emit(SUB, R11, R10);
        asm.emit(SHL, R11, new Imm(2));
        if (isa == Isa.AVX512) {
            asm.emit(MOV, RAX.as(32), new Imm(-1));
            asm.emit(BZHI, RAX.as(32), RAX.as(32), R10.as(32));
            asm.emit(KMOVW, TAIL_MASK, RAX.as(32));
        } else {
            asm.emit(VMOVD, Vec.xmm(TAIL), R10.as(32));
            asm.emit(VPBROADCASTD, vector(TAIL), Vec.xmm(TAIL));
            final Label lanes = asm.constant(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 32);
            asm.emit(VPCMPGTD, vector(TAIL), vector(TAIL), Mem.at(lanes));
        }
        asm.emit(VBROADCASTSS, vector(SIGN), constant(-0f));
        asm.emit(VBROADCASTSS, vector(BELOW_HALF), constant(Math.nextDown(0.5f)));
        asm.emit(VBROADCASTSS, vector(LARGEST), constant(255f));
    }

    /** Bounds of the row, from 0 on. min and max give their second source where the first is NaN. */
    private void findRange() {
        for (int i = 0; i < 2 * AT_ONCE; i++) {
            clear(i);
        }
        asm.emit(XOR, RAX.as(32), RAX.as(32));
        asm.emit(LEA, RDX, mem(R11, -AT_ONCE * vectorBytes()));
        asm.emit(CMP, RAX, RDX);
        asm.emit(JG, new Label("range_rest"));
        asm.align(32);
        final Label loop = bind("range");
        for (int i = 0; i < AT_ONCE; i++) {
            final Vec value = vector(2 * AT_ONCE + i);
            asm.emit(VMOVUPS, value, mem(RSI, RAX, 1, i * vectorBytes()));
            widenRange(value, i);
        }
        asm.emit(ADD, RAX, new Imm((long) AT_ONCE * vectorBytes()));
        asm.emit(CMP, RAX, RDX);
        asm.emit(JLE, loop);
        bind("range_rest");
        asm.emit(CMP, RAX, R11);
        asm.emit(JGE, new Label("range_tail"));
        final Vec value = vector(2 * AT_ONCE);
        final Label rest = bind("range_one");
        asm.emit(VMOVUPS, value, mem(RSI, RAX, 1, 0));
        widenRange(value, 0);
        asm.emit(ADD, RAX, new Imm(vectorBytes()));
        asm.emit(CMP, RAX, R11);
        asm.emit(JL, rest);
        bind("range_tail");
        asm.emit(TEST, R10, R10);
        asm.emit(JE, new Label("range_done"));
        loadTail(value);
        widenRange(value, 1);
        bind("range_done");
        for (int i = 1; i < AT_ONCE; i++) {
            asm.emit(VMINPS, vector(0), vector(0), vector(i));
            asm.emit(VMAXPS, vector(AT_ONCE), vector(AT_ONCE), vector(AT_ONCE + i));
        }
    }

    private void widenRange(Vec value, int index) {
        asm.emit(VMINPS, vector(index), value, vector(index));
        asm.emit(VMAXPS, vector(AT_ONCE + index), value, vector(AT_ONCE + index));
    }

    private void clear(int index) {
        asm.emit(VXORPS, Vec.xmm(index), Vec.xmm(index), Vec.xmm(index));
    }

    /** The values of a row after its whole vectors; zero beyond. */
    private void loadTail(Vec to) {
        if (isa == Isa.AVX512) {
            asm.emit(VMOVUPS, to.zeroing(TAIL_MASK), mem(RSI, R11, 1, 0));
        } else {
            asm.emit(VMASKMOVPS, to, vector(TAIL), mem(RSI, R11, 1, 0));
        }
    }

    /** Leaves in the first lane of {@code all} what {@code op} makes of all its lanes. */
    private void reduce(Op op, Vec all, Vec scratch) {
        if (isa == Isa.AVX512) {
            asm.emit(VEXTRACTF64X4, scratch.as(256), all, new Imm(1));
            asm.emit(op, all.as(256), all.as(256), scratch.as(256));
        }
        final Vec low = all.as(128);
        final Vec high = scratch.as(128);
        asm.emit(VEXTRACTF128, high, all.as(256), new Imm(1));
        asm.emit(op, low, low, high);
        asm.emit(VMOVHLPS, high, low, low);
        asm.emit(op, low, low, high);
        asm.emit(VMOVSHDUP, high, low);
        asm.emit(op, low, low, high);
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
        asm.emit(VSUBSS, range, Vec.xmm(AT_ONCE), Vec.xmm(0));
        asm.emit(VMOVSS, one, constant(1f));
        asm.emit(VDIVSS, scale, Vec.xmm(LARGEST), range);
        asm.emit(VCMPPS, mask, range, zero, new Imm(EQUAL));
        asm.emit(VBLENDVPS, scale, scale, one, mask);
        asm.emit(VDIVSS, inverse, one, scale);
        asm.emit(VCMPPS, mask, scale, zero, new Imm(NOT_EQUAL));
        asm.emit(VANDPS, inverse, inverse, mask);
    }

    /** Leaves the zero point, offset, in r8, and as floats in all lanes of its vector. NaN becomes 0 before the offset. */
    private void chooseZeroPoint() {
        final Vec min = Vec.xmm(0);
        final Vec max = Vec.xmm(AT_ONCE);
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
        asm.emit(ADD, R8.as(32), new Imm(OFFSET));
        asm.emit(VMOVD, exact, R8.as(32));
        asm.emit(VPBROADCASTD, vector(ZERO_POINT), exact);
        asm.emit(VCVTDQ2PS, vector(ZERO_POINT), vector(ZERO_POINT));
    }

    private void quantize() {
        asm.emit(VBROADCASTSS, vector(SCALE), Vec.xmm(SCALE));
        asm.emit(XOR, RAX.as(32), RAX.as(32));
        asm.emit(MOV, RDX, RCX);
        asm.emit(CMP, RAX, R11);
        asm.emit(JGE, new Label("tail"));
        asm.align(32);
        final Label loop = bind("values");
        asm.emit(VMULPS, vector(0), vector(SCALE), mem(RSI, RAX, 1, 0));
        round();
        asm.emit(ADD, RDX, new Imm((long) isa.lanes() * elementBytes));
        asm.emit(ADD, RAX, new Imm(vectorBytes()));
        asm.emit(CMP, RAX, R11);
        asm.emit(JL, loop);
        bind("tail");
        asm.emit(TEST, R10, R10);
        asm.emit(JE, new Label("row_done"));
        loadTail(vector(0));
        asm.emit(VMULPS, vector(0), vector(0), vector(SCALE));
        round();
        bind("row_done");
    }

    /** Rounds the products in vector 0, adds the zero point, bounds, and stores. */
    private void round() {
        final Vec value = vector(0);
        final Vec half = vector(1);
        final Vec ordered = vector(4);
        if (isa == Isa.AVX512) {
            asm.emit(VCMPPS, ORDERED_MASK, value, value, new Imm(ORDERED));
        } else {
            asm.emit(VCMPPS, ordered, value, value, new Imm(ORDERED));
        }
        asm.emit(VANDPS, half, value, vector(SIGN));
        asm.emit(VORPS, half, half, vector(BELOW_HALF));
        if (isa == Isa.AVX512) {
            asm.emit(VADDPS, value.zeroing(ORDERED_MASK), value, half);
            asm.emit(VRNDSCALEPS, value, value, new Imm(TRUNCATE));
        } else {
            asm.emit(VADDPS, value, value, half);
            asm.emit(VANDPS, value, value, ordered);
            asm.emit(VROUNDPS, value, value, new Imm(TRUNCATE));
        }
        asm.emit(VADDPS, value, value, vector(ZERO_POINT));
        asm.emit(VMAXPS, value, value, vector(ZERO));
        asm.emit(VMINPS, value, value, vector(LARGEST));
        asm.emit(VCVTPS2DQ, value, value);
        store(value, half);
    }

    private void store(Vec value, Vec scratch) {
        if (isa == Isa.AVX512) {
            asm.emit(elementBytes == 2 ? VPMOVDW : VPMOVDB, mem(RDX), value);
            return;
        }
        final Vec low = value.as(128);
        asm.emit(VEXTRACTI128, scratch.as(128), value, new Imm(1));
        asm.emit(VPACKUSDW, low, low, scratch.as(128));
        if (elementBytes == 2) {
            asm.emit(VMOVDQU, mem(RDX), low);
        } else {
            asm.emit(VPACKUSWB, low, low, low);
            asm.emit(VMOVQ, mem(RDX), low);
        }
    }

    private void endRow() {
        asm.emit(MOV, RDX, mem(RDI, QuantizerArguments.VALUES));
        asm.emit(ADD, RDX, RCX);
        asm.emit(MOV, mem(RDX), R8.as(32));
        asm.emit(VMOVSS, mem(RDX, Integer.BYTES), Vec.xmm(INVERSE_SCALE));
        asm.emit(ADD, RSI, mem(RDI, QuantizerArguments.SOURCE_STRIDE));
        asm.emit(ADD, RCX, mem(RDI, QuantizerArguments.STRIDE));
    }
}
