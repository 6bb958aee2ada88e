package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.ADDV;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.FMOV;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.NEG;
import static dev.tilesmith.processor.asm.aarch64.Op.SADALP;
import static dev.tilesmith.processor.asm.aarch64.Op.SADDLP;
import static dev.tilesmith.processor.asm.aarch64.Op.SMOV;
import static dev.tilesmith.processor.asm.aarch64.Op.STP;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.asm.aarch64.Op.TST;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.BEGINNING;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.LEFT;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.ROW_LEFT;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.SUM;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.SUMS;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.TEMPORARY;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.TO;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.K;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;

/**
 * Quantizes the values of a row in blocks, before each of which is what its sums begin with: {@code -8 Σ q}, for weights of
 * four bits. Rows of a pair have it there twice, for two columns.
 */
final class QuantizerBlocks {
    private static final QuantizerLoop.Labels LABELS = new QuantizerLoop.Labels("block_values", "block");

    /** What a weight of four bits is offset by, as a shift. */
    private static final int INT4_OFFSET_SHIFT = 3;

    private final Assembler asm;
    private final QuantizerLoop loop;
    private final QuantizerScale scale;
    private final QuantizerValues values;
    private final int groupRows;
    private final int kr;
    private final int origin;

    /**
     * The code of a row.
     *
     * @param groupRows rows of a group: 1 or 2
     * @param origin what is added to a beginning: 0, or what makes it {@link FloatSums}
     */
    QuantizerBlocks(
            Assembler asm,
            QuantizerLoop loop,
            QuantizerScale scale,
            QuantizerValues values,
            int groupRows,
            int kr,
            int origin) {
        this.asm = asm;
        this.loop = loop;
        this.scale = scale;
        this.values = values;
        this.groupRows = groupRows;
        this.kr = kr;
        this.origin = origin;
    }

    void emit() {
        final Label block = new Label("block");
        asm.emit(MOV, ROW_LEFT, K);
        asm.bind(block);
        asm.emit(MOV, BEGINNING, TO);
        asm.emit(ADD, TO, TO, new Imm(groupRows == 1 ? Integer.BYTES : groupRows * (long) kr));
        asm.emit(MOVI, V.s4(SUMS), new Imm(0));
        asm.emit(MOV, SUM, new Imm(0));
        asm.emit(LDR, LEFT, Mem.at(ARGUMENTS, QuantizerArguments.BLOCK));
        loop.emit(LABELS, LEFT, this::atOnce, () -> loop.oneByOne("block_value", this::one));
        storeBeginning();
        asm.emit(LDR, LEFT, Mem.at(ARGUMENTS, QuantizerArguments.BLOCK));
        asm.emit(SUBS, ROW_LEFT, ROW_LEFT, LEFT);
        asm.emit(B_NE, block);
    }

    private void atOnce() {
        for (int v = 0; v < QuantizerValues.VECTORS; v++) {
            scale.toIntegers(V.s4(QuantizerValues.FIRST + v));
        }
        values.narrow(QuantizerValues.FIRST);
        asm.emit(SADDLP, V.h8(TEMPORARY), V.b16(QuantizerValues.FIRST));
        asm.emit(SADALP, V.s4(SUMS), V.h8(TEMPORARY));
        values.store(QuantizerValues.FIRST, TO);
    }

    /** Chunks of a row of a group are as far from each other as aligned. */
    private void one() {
        scale.toIntegers(V.s4(QuantizerValues.FIRST));
        values.narrow(QuantizerValues.FIRST);
        values.storeFirst(TO);
        asm.emit(SMOV, SCRATCH.w(), new V(QuantizerValues.FIRST, Arrangement.B).lane(0));
        asm.emit(ADD, SUM.w(), SUM.w(), SCRATCH.w());
        if (groupRows != 1) {
            final Label open = new Label("block_chunk_open");
            asm.emit(TST, TO, new Imm(kr - 1L));
            asm.emit(B_NE, open);
            asm.emit(ADD, TO, TO, new Imm((groupRows - 1L) * kr));
            asm.bind(open);
        }
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
}
