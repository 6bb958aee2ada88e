package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.NEG;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU32;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Program;

/**
 * Weights of four bits or two, which become unsigned bytes in the order in which rows have K, a product's at a time: while one is
 * multiplied the next is decoded, into the other of two places in the function's frame.
 */
final class AmxDecoding implements AmxColumns {
    private static final int KR = Integer.BYTES;
    private static final int LINE = Isa.AVX512.bits() / Byte.SIZE;

    /** The values that were decoded last, in the panel. */
    private static final Gpr FROM = Gpr.RBP;

    /** The addresses of both places, added up. */
    private static final Gpr BOTH = Gpr.R12;

    private final Assembler asm;
    private final LhsRows rows;
    private final int vectors;
    private final WeightBits bits;
    private final int placeBytes;

    /** Those of a program's panels; {@code rows} lend registers. */
    AmxDecoding(Assembler asm, LhsRows rows, Program program, int panelColumns) {
        this.asm = asm;
        this.rows = rows;
        this.vectors = panelColumns / Isa.AVX512.lanes();
        this.bits = WeightBits.of(asm, Isa.AVX512, program, panelColumns);
        this.placeBytes = AmxProducts.ROW_STEP * panelColumns;
    }

    @Override
    public int frameBytes() {
        return 2 * placeBytes;
    }

    @Override
    public void begin() {
        bits.begin();
    }

    @Override
    public void first(Gpr at) {
        asm.emit(LEA, at, mem(Gpr.RSP, AmxSums.COLUMNS));
        asm.emit(LEA, BOTH, mem(at, at, 1, placeBytes));
        asm.emit(MOV, FROM, RHS);
        decode(at);
    }

    @Override
    public void next(Gpr at, String name) {
        final Label last = new Label(name + "_last");
        asm.emit(CMP, COUNT, new Imm(1));
        asm.emit(JE, last);
        asm.emit(NEG, at);
        asm.emit(ADD, at, BOTH);
        asm.emit(ADD, FROM, new Imm(placeBytes / bits.parts()));
        decode(at);
        asm.bind(last);
    }

    @Override
    public void end() {
        rows.begin();
    }

    private void decode(Gpr to) {
        final int steps = AmxProducts.ROW_STEP / (KR * bits.parts());
        for (int step = 0; step < steps; step++) {
            for (int v = 0; v < vectors; v++) {
                for (int part = 0; part < bits.parts(); part++) {
                    bits.load(value(v), kept(v), mem(FROM, LINE * (step * vectors + v)), part);
                    final int four = step * bits.parts() + part;
                    asm.emit(VMOVDQU32, mem(to, LINE * (four * vectors + v)), value(v));
                }
            }
        }
    }

    private static Vec value(int vector) {
        return Vec.zmm(vector);
    }

    /** Where the bits of two parts of a byte are kept, if it has four. */
    private Vec kept(int vector) {
        return bits.parts() > 2 ? Vec.zmm(vectors + vector) : value(vector);
    }
}
