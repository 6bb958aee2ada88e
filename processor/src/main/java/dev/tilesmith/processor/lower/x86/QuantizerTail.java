package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R10;
import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.BZHI;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.KMOVW;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.SHR;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VMASKMOVPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.LANES;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import java.util.Arrays;

/** The values of a row after its whole chunks: no byte beyond the row is read. */
final class QuantizerTail {
    private final Assembler asm;
    private final Isa isa;
    private final QuantizerVectors vectors;

    QuantizerTail(QuantizerVectors vectors) {
        this.asm = vectors.asm();
        this.isa = vectors.isa();
        this.vectors = vectors;
    }

    /** Of the values, whose number is in rdx: masks of the vectors they lie in, or in r10 the address of such masks. */
    void begin() {
        if (isa == Isa.AVX512) {
            asm.emit(MOV, RAX, new Imm(-1));
            asm.emit(BZHI, RAX, RAX, RDX);
            for (int v = 0; v < QuantizerVectors.AT_ONCE; v++) {
                asm.emit(KMOVW, QuantizerRegisters.tailMask(v), RAX.as(32));
                asm.emit(SHR, RAX, new Imm(isa.lanes()));
            }
        } else {
            final int chunk = vectors.chunk();
            final int[] masks = new int[2 * chunk];
            Arrays.fill(masks, 0, chunk, -1);
            asm.emit(LEA, R10, Mem.at(asm.constant(masks, vectors.bytes())).plus(chunk * Integer.BYTES));
            asm.emit(SHL, RDX, new Imm(2));
            asm.emit(SUB, R10, RDX);
        }
    }

    /** Jumps if there are no such values. */
    void skip(Label to, Gpr scratch) {
        asm.emit(MOV, scratch, mem(RDI, QuantizerArguments.K));
        asm.emit(TEST, scratch, new Imm(vectors.chunk() - 1L));
        asm.emit(JE, to);
    }

    /** Loads a vector of them from the row at hand; zero beyond. */
    void load(Vec to, int vector) {
        load(to, vector, vectors.source(R11, vector));
    }

    /** The same from where it is in a row. */
    void load(Vec to, int vector, Mem from) {
        if (isa == Isa.AVX512) {
            asm.emit(VMOVUPS, to.zeroing(QuantizerRegisters.tailMask(vector)), from);
        } else {
            final Vec lanes = vectors.vector(LANES);
            asm.emit(VMOVUPS, lanes, mem(R10, vector * vectors.bytes()));
            asm.emit(VMASKMOVPS, to, lanes, from);
        }
    }
}
