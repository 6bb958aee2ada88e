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
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.NEG;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.SHR;
import static dev.tilesmith.processor.asm.x86.Op.VANDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCMPPS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPH2PS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPS2PH;
import static dev.tilesmith.processor.asm.x86.Op.VDIVSS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVD;
import static dev.tilesmith.processor.asm.x86.Op.VMOVSS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULSS;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPMAXSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMINSD;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.BeforeBlock;

/**
 * The function that quantizes rows of f32 values to {@code QSI8D32}, in blocks of 32: {@code f(arguments, source, source,
 * quantized)} by the System V convention, its arguments laid out by {@link QuantizerArguments}. A block is 32 bits that say
 * what {@link BeforeBlock} does, the values, and an f32: the scale, rounded to binary16.
 *
 * <p>Values are rounded as {@link HalvesAway} does. Blocks do not depend on each other, so the divisions of one are done
 * while others are loaded and stored.
 */
public final class BlockQuantizerCode {
    private static final int BLOCK = PanelLayout.INT4_GROUP;

    /** A predicate of vcmpps that raises no exception on NaN. */
    private static final int NOT_EQUAL = 4;

    /** Ties to even, whatever the mode. */
    private static final int NEAREST = 0;

    /** Registers of a block. */
    private static final int FIRST_VALUE = 0;

    private static final int MAX = 4;
    private static final int INVERSE = 5;
    private static final int MASK = 6;
    private static final int SUM = 7;

    /** Registers that are kept: {@link HalvesAway} has those from 10 to 13. */
    private static final int MAGNITUDE = 8;

    private static final int ZERO = 9;
    private static final int LOWEST = 14;
    private static final int LARGEST = 15;

    private static final float STEPS = 127f;

    private final Isa isa;
    private final BeforeBlock before;
    private final int valueBytes;
    private final Assembler asm;
    private final QuantizerVectors vectors;
    private final HalvesAway halvesAway;

    private BlockQuantizerCode(Isa isa, BeforeBlock before, int valueBytes) {
        this.isa = isa;
        this.before = before;
        this.valueBytes = valueBytes;
        this.asm = new Assembler(isa == Isa.AVX512 ? Mode.EVEX : Mode.VEX);
        this.vectors = new QuantizerVectors(asm, isa);
        this.halvesAway = new HalvesAway(asm, isa, new HalvesAway.Registers(10, 11, 12, 13, MASK));
    }

    /**
     * Assembles the function.
     *
     * @param kr values along K that a kernel takes at once: two are stored as 16 bits each, four as bytes
     */
    public static MachineCode assemble(Isa isa, BeforeBlock before, int kr) {
        final BlockQuantizerCode code = new BlockQuantizerCode(isa, before, kr == 2 ? Short.BYTES : Byte.BYTES);
        code.emit();
        return code.asm.assemble();
    }

    private Vec vector(int index) {
        return vectors.vector(index);
    }

    /** Vectors of a block. */
    private int count() {
        return BLOCK / isa.lanes();
    }

    private void emit() {
        asm.emit(ADD, RSI, mem(RDI, QuantizerArguments.SOURCE_OFFSET));
        asm.emit(MOV, R9, mem(RDI, QuantizerArguments.ROWS));
        asm.emit(MOV, R10, mem(RDI, QuantizerArguments.K));
        asm.emit(SHR, R10, new Imm(Integer.numberOfTrailingZeros(BLOCK)));
        asm.emit(JE, new Label("done"));
        asm.emit(VPBROADCASTD, vector(MAGNITUDE), vectors.constant(Integer.MAX_VALUE));
        vectors.clear(ZERO);
        asm.emit(VPBROADCASTD, vector(LOWEST), vectors.constant((int) -STEPS));
        asm.emit(VPBROADCASTD, vector(LARGEST), vectors.constant((int) STEPS));
        halvesAway.begin();
        final Label row = new Label("row");
        asm.bind(row);
        asm.emit(MOV, RAX, RSI);
        asm.emit(MOV, RDX, RCX);
        asm.emit(MOV, R8, R10);
        asm.align(32);
        final Label block = new Label("block");
        asm.bind(block);
        block();
        asm.emit(ADD, RAX, new Imm(BLOCK * (long) Float.BYTES));
        asm.emit(ADD, RDX, new Imm(scaleAt() + (long) Float.BYTES));
        asm.emit(DEC, R8);
        asm.emit(JNE, block);
        asm.emit(ADD, RSI, mem(RDI, QuantizerArguments.SOURCE_STRIDE));
        asm.emit(ADD, RCX, mem(RDI, QuantizerArguments.STRIDE));
        asm.emit(DEC, R9);
        asm.emit(JNE, row);
        asm.bind(new Label("done"));
        asm.emit(VZEROUPPER);
        asm.emit(RET);
    }

    private int scaleAt() {
        return Integer.BYTES + BLOCK * valueBytes;
    }

    private void block() {
        findLargest();
        chooseScale();
        for (int v = 0; v < count(); v++) {
            final Vec value = vector(FIRST_VALUE + v);
            asm.emit(VMULPS, value, vector(INVERSE), value);
            halvesAway.round(value);
            asm.emit(VPMAXSD, value, value, vector(LOWEST));
            asm.emit(VPMINSD, value, value, vector(LARGEST));
        }
        putSum();
        for (int v = 0; v < count(); v++) {
            final Mem to = mem(RDX, Integer.BYTES + v * isa.lanes() * valueBytes);
            if (valueBytes == Byte.BYTES) {
                vectors.storeBytes(to, vector(FIRST_VALUE + v), MASK);
            } else {
                vectors.storeWords(to, vector(FIRST_VALUE + v), MASK);
            }
        }
    }

    /** Leaves the largest magnitude in the first lane; max gives its second source where the first is NaN. */
    private void findLargest() {
        for (int v = 0; v < count(); v++) {
            final Vec value = vector(FIRST_VALUE + v);
            asm.emit(VMOVUPS, value, mem(RAX, v * vectors.bytes()));
            asm.emit(VANDPS, vector(MASK), value, vector(MAGNITUDE));
            asm.emit(VMAXPS, vector(MAX), vector(MASK), vector(v == 0 ? ZERO : MAX));
        }
        Lanes.reduce(asm, isa, VMAXPS, vector(MAX), vector(MASK));
    }

    /** Leaves the inverse of the scale in all lanes, and the scale, rounded to binary16, in its place and in a register. */
    private void chooseScale() {
        final Vec scale = Vec.xmm(MAX);
        final Vec inverse = Vec.xmm(INVERSE);
        final Vec mask = Vec.xmm(MASK);
        asm.emit(VDIVSS, scale, scale, vectors.constant(STEPS));
        asm.emit(VMOVSS, inverse, vectors.constant(1f));
        asm.emit(VDIVSS, inverse, inverse, scale);
        asm.emit(VCMPPS, mask, scale, Vec.xmm(ZERO), new Imm(NOT_EQUAL));
        asm.emit(VANDPS, inverse, inverse, mask);
        asm.emit(VBROADCASTSS, vector(INVERSE), inverse);
        asm.emit(VCVTPS2PH, scale, scale, new Imm(NEAREST));
        asm.emit(VCVTPH2PS, scale, scale);
        asm.emit(VMOVSS, mem(RDX, scaleAt()), scale);
    }

    private void putSum() {
        if (before == BeforeBlock.NOTHING) {
            return;
        }
        asm.emit(VPADDD, vector(SUM), vector(FIRST_VALUE), vector(FIRST_VALUE + 1));
        for (int v = 2; v < count(); v++) {
            asm.emit(VPADDD, vector(SUM), vector(SUM), vector(FIRST_VALUE + v));
        }
        Lanes.reduce(asm, isa, VPADDD, vector(SUM), vector(MASK));
        final Vec sum = Vec.xmm(SUM);
        if (before == BeforeBlock.SCALED_SUM) {
            asm.emit(VCVTDQ2PS, sum, sum);
            asm.emit(VMULSS, sum, sum, Vec.xmm(MAX));
            asm.emit(VMOVSS, mem(RDX), sum);
            return;
        }
        asm.emit(VMOVD, R11.as(32), sum);
        asm.emit(SHL, R11.as(32), new Imm(before == BeforeBlock.MINUS_8_SUM ? 3 : 7));
        asm.emit(NEG, R11.as(32));
        asm.emit(MOV, mem(RDX), R11.as(32));
    }
}
