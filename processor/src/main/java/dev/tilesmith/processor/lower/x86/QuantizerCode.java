package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.R12;
import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RBP;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Gpr.RSI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.AND;
import static dev.tilesmith.processor.asm.x86.Op.CMOVL;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.POP;
import static dev.tilesmith.processor.asm.x86.Op.PUSH;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVSS;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTW;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.BELOW_HALF;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.HALF;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.HIGHEST;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.INVERSE_SCALE;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.LANES;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.SCALE;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.SIGN;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.ZERO_POINT;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Op;
import dev.tilesmith.processor.asm.x86.Vec;
import java.util.List;

/**
 * The function that quantizes rows of f32 values to {@code QAI8DX}, offset by 128 or, for weights of four bits or two, signed
 * and in blocks: {@code f(arguments, source, source, quantized)} by the System V convention, its arguments laid out by
 * {@link QuantizerArguments}.
 *
 * <p>Values are rounded as {@link HalvesAway} does. Narrowing saturates: it bounds what that leaves.
 */
public final class QuantizerCode {
    private static final int OFFSET = 128;

    /** Rows of a group. */
    private static final int ROWS_AT_ONCE = 4;

    private static final List<Gpr> SAVED = List.of(RBX, RBP, R12, R13);

    /** Besides, for blocks: where the values of the block end, and where what its sums begin with is stored. */
    private static final List<Gpr> SAVED_FOR_BLOCKS = List.of(RBX, RBP, R12, R13, R14, R15);

    private final Assembler asm;
    private final QuantizerVectors vectors;
    private final HalvesAway halvesAway;
    private final QuantizerTail tail;
    private final QuantizerPacking packing;

    private QuantizerCode(Isa isa, int elementBytes) {
        this.asm = new Assembler(isa == Isa.AVX512 ? Mode.EVEX : Mode.VEX);
        this.vectors = new QuantizerVectors(asm, isa);
        this.halvesAway = new HalvesAway(asm, isa, new HalvesAway.Registers(SIGN, BELOW_HALF, HIGHEST, HALF, LANES));
        this.tail = new QuantizerTail(vectors);
        this.packing = new QuantizerPacking(vectors, elementBytes);
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
        return new QuantizerCode(isa, elementBytes).wholeRows();
    }

    /**
     * Assembles the function for weights of four bits or two: values are signed bytes in blocks, and before each is what its sums
     * begin with.
     */
    public static MachineCode assembleForBlocks(Isa isa) {
        return new QuantizerCode(isa, Byte.BYTES).blocks();
    }

    private MachineCode wholeRows() {
        return assemble(SAVED, OFFSET, VPBROADCASTW, new QuantizerWholeRow(vectors, tail, halvesAway, packing)::emit);
    }

    private MachineCode blocks() {
        return assemble(SAVED_FOR_BLOCKS, 0, VPBROADCASTD, new QuantizerBlocks(vectors, halvesAway)::emit);
    }

    /**
     * The function.
     *
     * @param saved the caller's registers that are used
     * @param offset of values and zero points
     * @param broadcast brings a zero point to all lanes of values
     * @param quantize adds what quantizes the values of a row
     */
    private MachineCode assemble(List<Gpr> saved, int offset, Op broadcast, Runnable quantize) {
        saved.forEach(register -> asm.emit(PUSH, register));
        begin();
        final Label group = bind("group");
        beginGroup();
        final Label range = bind("row_range");
        new QuantizerRange(vectors, tail).emit();
        new QuantizerScale(vectors).choose();
        if (offset != 0) {
            asm.emit(ADD, R8.as(32), new Imm(offset));
        }
        putMetadata();
        nextRow(range);
        asm.emit(MOV, RSI, R12);
        asm.emit(MOV, RCX, RBP);
        asm.emit(MOV, R13, RBX);
        final Label row = bind("row");
        getMetadata(broadcast);
        quantize.run();
        putMetadata();
        nextRow(row);
        asm.emit(SUB, R9, RBX);
        asm.emit(JNE, group);
        asm.emit(VZEROUPPER);
        saved.reversed().forEach(register -> asm.emit(POP, register));
        asm.emit(RET);
        return asm.assemble();
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

    /** Leaves in r9 the rows, in r11 the bytes of a row's whole chunks. */
    private void begin() {
        asm.emit(ADD, RSI, mem(RDI, QuantizerArguments.SOURCE_OFFSET));
        asm.emit(MOV, R9, mem(RDI, QuantizerArguments.ROWS));
        asm.emit(MOV, R11, mem(RDI, QuantizerArguments.K));
        asm.emit(MOV, RDX, R11);
        asm.emit(AND, RDX, new Imm(vectors.chunk() - 1L));
        asm.emit(SUB, R11, RDX);
        asm.emit(SHL, R11, new Imm(2));
        tail.begin();
        halvesAway.begin();
        packing.begin();
    }

    /** After the values of a row: its zero point and inverse scale, and beyond them, as long as it is needed, its scale. */
    private void putMetadata() {
        asm.emit(MOV, RDX, mem(RDI, QuantizerArguments.VALUES));
        asm.emit(ADD, RDX, RCX);
        asm.emit(MOV, mem(RDX), R8.as(32));
        asm.emit(VMOVSS, mem(RDX, Integer.BYTES), Vec.xmm(INVERSE_SCALE));
        asm.emit(VMOVSS, mem(RDX, QuantizerArguments.ROW_METADATA), Vec.xmm(SCALE));
    }

    private void getMetadata(Op broadcast) {
        asm.emit(MOV, RDX, mem(RDI, QuantizerArguments.VALUES));
        asm.emit(ADD, RDX, RCX);
        asm.emit(MOV, R8.as(32), mem(RDX));
        asm.emit(broadcast, vectors.vector(ZERO_POINT), mem(RDX));
        asm.emit(VMOVSS, Vec.xmm(INVERSE_SCALE), mem(RDX, Integer.BYTES));
        asm.emit(VBROADCASTSS, vectors.vector(SCALE), mem(RDX, QuantizerArguments.ROW_METADATA));
    }
}
