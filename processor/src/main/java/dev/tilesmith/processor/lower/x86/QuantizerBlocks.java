package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.AND;
import static dev.tilesmith.processor.asm.x86.Op.BZHI;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JGE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.KMOVW;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.VMASKMOVPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVD;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VPAND;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPCMPGTD;
import static dev.tilesmith.processor.asm.x86.Op.VPMAXSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMINSD;
import static dev.tilesmith.processor.asm.x86.Op.VPSUBD;
import static dev.tilesmith.processor.asm.x86.Op.XOR;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.BLOCK_TAIL_MASK;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.HALF;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.LARGEST;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.LOWEST;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.SCALE;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.SUM;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.ZERO_POINT;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;

/**
 * Quantizes the values of a row in blocks, of whole vectors each, or in one of all values. r15 points to what the sums of the
 * block at hand begin with, rax plus the source to its values, which end at r14.
 */
final class QuantizerBlocks {
    private static final Label DONE = new Label("block_done");

    private final Assembler asm;
    private final Isa isa;
    private final QuantizerVectors vectors;
    private final HalvesAway halvesAway;

    QuantizerBlocks(QuantizerVectors vectors, HalvesAway halvesAway) {
        this.asm = vectors.asm();
        this.isa = vectors.isa();
        this.vectors = vectors;
        this.halvesAway = halvesAway;
    }

    private Vec value() {
        return vectors.vector(QuantizerRegisters.value(0));
    }

    /** Nothing is kept here from one vector of values to the next. */
    private Vec scratch() {
        return vectors.vector(QuantizerRegisters.value(1));
    }

    private Vec sum() {
        return vectors.vector(SUM);
    }

    void emit() {
        final Label block = new Label("block");
        setBounds();
        asm.emit(XOR, RAX.as(32), RAX.as(32));
        asm.emit(MOV, RDX, RCX);
        asm.bind(block);
        asm.emit(MOV, R15, RDX);
        asm.emit(ADD, RDX, new Imm(Integer.BYTES));
        vectors.clear(SUM);
        wholeVectors();
        afterWholeVectors();
        asm.bind(DONE);
        storeBeginning();
        asm.emit(MOV, R14, mem(RDI, QuantizerArguments.K));
        asm.emit(SHL, R14, new Imm(2));
        asm.emit(CMP, RAX, R14);
        asm.emit(JL, block);
    }

    private void setBounds() {
        final Vec lowest = vectors.vector(LOWEST);
        final Vec largest = vectors.vector(LARGEST);
        asm.emit(VPBROADCASTD, lowest, vectors.constant((int) Byte.MIN_VALUE));
        asm.emit(VPBROADCASTD, largest, vectors.constant((int) Byte.MAX_VALUE));
        asm.emit(VPSUBD, lowest, lowest, vectors.vector(ZERO_POINT));
        asm.emit(VPSUBD, largest, largest, vectors.vector(ZERO_POINT));
    }

    private void wholeVectors() {
        final Label done = new Label("block_tail");
        final Label loop = new Label("block_values");
        asm.emit(MOV, R14, mem(RDI, QuantizerArguments.BLOCK));
        asm.emit(AND, R14, new Imm(-isa.lanes()));
        asm.emit(LEA, R14, mem(RAX, R14, 4, 0));
        asm.emit(CMP, RAX, R14);
        asm.emit(JGE, done);
        asm.align(32);
        asm.bind(loop);
        asm.emit(VMULPS, value(), vectors.vector(SCALE), vectors.source(RAX, 0));
        halvesAway.round(value());
        bound();
        asm.emit(VPADDD, sum(), sum(), value());
        vectors.storeBytes(mem(RDX), value(), HALF);
        asm.emit(ADD, RDX, new Imm(isa.lanes()));
        asm.emit(ADD, RAX, new Imm(vectors.bytes()));
        asm.emit(CMP, RAX, R14);
        asm.emit(JL, loop);
        asm.bind(done);
    }

    /** The values after the whole vectors, where all of the row is one block; beyond them nothing is summed. */
    private void afterWholeVectors() {
        asm.emit(MOV, R14, mem(RDI, QuantizerArguments.BLOCK));
        asm.emit(AND, R14, new Imm(isa.lanes() - 1L));
        asm.emit(JE, DONE);
        loadTail();
        asm.emit(VMULPS, value(), value(), vectors.vector(SCALE));
        halvesAway.round(value());
        bound();
        vectors.storeBytes(mem(RDX), value(), HALF);
        if (isa == Isa.AVX512) {
            asm.emit(VPADDD, sum().merging(BLOCK_TAIL_MASK), sum(), value());
        } else {
            asm.emit(VPAND, value(), value(), scratch());
            asm.emit(VPADDD, sum(), sum(), value());
        }
        asm.emit(MOV, RAX, mem(RDI, QuantizerArguments.K));
        asm.emit(SHL, RAX, new Imm(2)); // the row is done
    }

    /** As many values as r14 says. */
    private void loadTail() {
        if (isa == Isa.AVX512) {
            asm.emit(BZHI, R14.as(32), vectors.constant(-1), R14.as(32));
            asm.emit(KMOVW, BLOCK_TAIL_MASK, R14.as(32));
            asm.emit(VMOVUPS, value().zeroing(BLOCK_TAIL_MASK), vectors.source(RAX, 0));
        } else {
            final Vec count = scratch().as(128);
            final Label numbers = asm.constant(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, vectors.bytes());
            asm.emit(VMOVD, count, R14.as(32));
            asm.emit(VPBROADCASTD, scratch(), count);
            asm.emit(VPCMPGTD, scratch(), scratch(), Mem.at(numbers));
            asm.emit(VMASKMOVPS, value(), scratch(), vectors.source(RAX, 0));
        }
    }

    private void bound() {
        asm.emit(VPMAXSD, value(), value(), vectors.vector(LOWEST));
        asm.emit(VPMINSD, value(), value(), vectors.vector(LARGEST));
        asm.emit(VPADDD, value(), value(), vectors.vector(ZERO_POINT));
    }

    private void storeBeginning() {
        Lanes.reduce(asm, isa, VPADDD, sum(), scratch());
        asm.emit(VMOVD, R14.as(32), Vec.xmm(SUM));
        asm.emit(IMUL, R14.as(32), mem(RDI, QuantizerArguments.FACTOR));
        asm.emit(MOV, mem(R15), R14.as(32));
    }
}
