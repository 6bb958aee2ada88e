package dev.tilesmith.processor.lower.x86;

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
import static dev.tilesmith.processor.asm.x86.Gpr.RSP;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.AND;
import static dev.tilesmith.processor.asm.x86.Op.CMOVL;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.LDMXCSR;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.POP;
import static dev.tilesmith.processor.asm.x86.Op.PUSH;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.STMXCSR;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVSS;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTW;
import static dev.tilesmith.processor.asm.x86.Op.VPEXTRD;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;
import static dev.tilesmith.processor.asm.x86.Op.XOR;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.BELOW_HALF;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.HALF;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.HIGHEST;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.INVERSE_SCALE;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.LANES;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.SCALE;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.SIGN;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.ZERO_POINT;
import static dev.tilesmith.processor.lower.x86.QuantizerWholeRow.FETCH_AHEAD;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Op;
import dev.tilesmith.processor.asm.x86.Vec;
import java.util.List;

/**
 * The function that quantizes rows of f32 values to {@code QAI8DX}, offset by 128 or, for weights of four bits or two, signed
 * and in blocks: {@code f(arguments, source, source, quantized)} by the System V convention, its arguments laid out by
 * {@link QuantizerArguments}.
 *
 * <p>Values are rounded by {@link QuantizerRounding}. Narrowing saturates: it bounds what that leaves.
 */
public final class QuantizerCode {
    private static final int OFFSET = 128;

    /** Besides where rows are: where the values of a block end, and where what its sums begin with is stored. */
    private static final List<Gpr> SAVED = List.of(RBX, RBP, R12, R13, R14, R15);

    /** Below the stack pointer, where a function that calls none has room: MXCSR, which says what has happened since it was loaded. */
    private static final Mem STATUS = mem(RSP, -8);

    /** The bit of MXCSR that an invalid operation sets. */
    private static final int INVALID = 1;

    private final Assembler asm;
    private final QuantizerVectors vectors;
    private final HalvesAway halvesAway;
    private final QuantizerTail tail;
    private final QuantizerScale scale;

    private QuantizerCode(Isa isa) {
        this.asm = new Assembler(isa == Isa.AVX512 ? Mode.EVEX : Mode.VEX);
        this.vectors = new QuantizerVectors(asm, isa);
        this.halvesAway = new HalvesAway(asm, isa, new HalvesAway.Registers(SIGN, BELOW_HALF, HIGHEST, HALF, LANES));
        this.tail = new QuantizerTail(vectors);
        this.scale = new QuantizerScale(vectors);
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
        return new QuantizerCode(isa).wholeRows(elementBytes);
    }

    /**
     * Assembles the function for weights of four bits or two: values are signed bytes in blocks, and before each is what its sums
     * begin with.
     */
    public static MachineCode assembleForBlocks(Isa isa) {
        return new QuantizerCode(isa).blocks();
    }

    private MachineCode blocks() {
        begin();
        halvesAway.begin();
        final Label group = bind("group");
        chooseScales(0);
        eachRow("row", VPBROADCASTD, new QuantizerBlocks(vectors, halvesAway)::emit);
        end(group);
        return asm.assemble();
    }

    /** Rows are taken for ordinary ones, and those of a group in which something was invalid are done anew. */
    private MachineCode wholeRows(int elementBytes) {
        final QuantizerPacking packing = new QuantizerPacking(vectors, elementBytes);
        final QuantizerRounding ofHalves = QuantizerRounding.ofHalves(vectors);
        final QuantizerRounding ofAny = QuantizerRounding.ofAny(vectors, halvesAway);
        final Label invalidBefore = new Label("invalid_before");
        final Label invalid = new Label("invalid");
        final Label done = new Label("group_done");
        begin();
        packing.begin();
        goIfInvalid(invalidBefore);
        final Label group = bind("group");
        chooseScales(OFFSET);
        ofHalves.begin();
        fetchNextGroup();
        eachRow("row", VPBROADCASTW, new QuantizerWholeRow("row", vectors, tail, ofHalves, packing)::emit);
        goIfInvalid(invalid);
        asm.bind(done);
        end(group);
        asm.bind(invalidBefore);
        clearInvalid();
        asm.emit(JMP, group);
        asm.bind(invalid);
        ofAny.begin();
        eachRow("any", VPBROADCASTW, new QuantizerWholeRow("any", vectors, tail, ofAny, packing)::emit);
        clearInvalid();
        asm.emit(JMP, done);
        return asm.assemble();
    }

    /** Where there is one. */
    private void fetchNextGroup() {
        asm.emit(XOR, RAX.as(32), RAX.as(32));
        asm.emit(MOV, FETCH_AHEAD, mem(RDI, QuantizerArguments.SOURCE_STRIDE));
        asm.emit(SHL, FETCH_AHEAD, new Imm(Integer.numberOfTrailingZeros(QuantizerRanges.ROWS)));
        asm.emit(CMP, R9, new Imm(QuantizerRanges.ROWS + 1L));
        asm.emit(CMOVL, FETCH_AHEAD, RAX);
    }

    private void goIfInvalid(Label to) {
        asm.emit(STMXCSR, STATUS);
        asm.emit(MOV, RAX.as(32), STATUS);
        asm.emit(TEST, RAX.as(32), new Imm(INVALID));
        asm.emit(JNE, to);
    }

    private void clearInvalid() {
        asm.emit(STMXCSR, STATUS);
        asm.emit(MOV, RAX.as(32), STATUS);
        asm.emit(AND, RAX.as(32), new Imm(~INVALID));
        asm.emit(MOV, STATUS, RAX.as(32));
        asm.emit(LDMXCSR, STATUS);
    }

    /** Leaves in r9 the rows, in r11 the bytes of a row's whole chunks. */
    private void begin() {
        SAVED.forEach(register -> asm.emit(PUSH, register));
        asm.emit(ADD, RSI, mem(RDI, QuantizerArguments.SOURCE_OFFSET));
        asm.emit(MOV, R9, mem(RDI, QuantizerArguments.ROWS));
        asm.emit(MOV, R11, mem(RDI, QuantizerArguments.K));
        asm.emit(MOV, RDX, R11);
        asm.emit(AND, RDX, new Imm(vectors.chunk() - 1L));
        asm.emit(SUB, R11, RDX);
        asm.emit(SHL, R11, new Imm(2));
        tail.begin();
    }

    private void end(Label group) {
        asm.emit(SUB, R9, RBX);
        asm.emit(JNE, group);
        asm.emit(VZEROUPPER);
        SAVED.reversed().forEach(register -> asm.emit(POP, register));
        asm.emit(RET);
    }

    /**
     * Rows are taken in groups: between the range of a row and its values lies a chain of divisions, which four rows go through
     * at once; fewer that are left, one after the other. Leaves in rbx the rows of the group, in r12 and rbp where they and their values begin.
     *
     * @param offset of zero points
     */
    private void chooseScales(int offset) {
        final Label fewer = new Label("fewer");
        final Label chosen = new Label("chosen");
        asm.emit(MOV, RBX, new Imm(QuantizerRanges.ROWS));
        asm.emit(CMP, R9, RBX);
        asm.emit(CMOVL, RBX, R9);
        asm.emit(MOV, R12, RSI);
        asm.emit(MOV, RBP, RCX);
        asm.emit(JL, fewer);
        new QuantizerRanges(vectors, tail).emit();
        scale.choose(offset);
        for (int row = 0; row < QuantizerRanges.ROWS; row++) {
            putChosen(row);
            asm.emit(ADD, RCX, mem(RDI, QuantizerArguments.STRIDE));
        }
        asm.emit(JMP, chosen);
        asm.bind(fewer);
        asm.emit(MOV, R13, RBX);
        final Label range = bind("range_of_row");
        new QuantizerRange(vectors, tail).emit();
        scale.choose(offset);
        putChosen(0);
        nextRow(range);
        asm.bind(chosen);
    }

    /** After the values of a row: its zero point and inverse scale, and beyond them, as long as it is needed, its scale. */
    private void putChosen(int lane) {
        goToMetadata();
        put(mem(RDX), ZERO_POINT, lane);
        put(mem(RDX, Integer.BYTES), INVERSE_SCALE, lane);
        put(mem(RDX, QuantizerArguments.ROW_METADATA), SCALE, lane);
    }

    private void put(Mem to, int vector, int lane) {
        if (lane == 0) {
            asm.emit(VMOVSS, to, Vec.xmm(vector));
        } else {
            asm.emit(VPEXTRD, to, Vec.xmm(vector), new Imm(lane));
        }
    }

    /**
     * Goes over the rows of the group, from its start on.
     *
     * @param broadcast brings a zero point to all lanes of values
     * @param quantize adds what quantizes the values of a row
     */
    private void eachRow(String name, Op broadcast, Runnable quantize) {
        asm.emit(MOV, RSI, R12);
        asm.emit(MOV, RCX, RBP);
        asm.emit(MOV, R13, RBX);
        final Label row = bind(name);
        getMetadata(broadcast);
        quantize.run();
        putMetadata();
        nextRow(row);
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

    private void goToMetadata() {
        asm.emit(MOV, RDX, mem(RDI, QuantizerArguments.VALUES));
        asm.emit(ADD, RDX, RCX);
    }

    private void getMetadata(Op broadcast) {
        goToMetadata();
        asm.emit(MOV, R8.as(32), mem(RDX));
        asm.emit(broadcast, vectors.vector(ZERO_POINT), mem(RDX));
        asm.emit(VMOVSS, Vec.xmm(INVERSE_SCALE), mem(RDX, Integer.BYTES));
        asm.emit(VBROADCASTSS, vectors.vector(SCALE), mem(RDX, QuantizerArguments.ROW_METADATA));
    }

    /** Values of a row are written beyond its end. */
    private void putMetadata() {
        goToMetadata();
        asm.emit(MOV, mem(RDX), R8.as(32));
        asm.emit(VMOVSS, mem(RDX, Integer.BYTES), Vec.xmm(INVERSE_SCALE));
        asm.emit(VMOVSS, mem(RDX, QuantizerArguments.ROW_METADATA), Vec.xmm(SCALE));
    }
}
