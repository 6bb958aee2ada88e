package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Operand;
import java.util.Optional;

/**
 * The rows of a function that quantizes them, {@code f(arguments, source, source, quantized)} by the AAPCS64: what its
 * arguments, laid out by {@link QuantizerArguments}, say of them, and the loop over them and the groups they come in.
 */
final class QuantizerRows {
    static final Gpr ARGUMENTS = Gpr.x(0);

    /** First value of the row at hand. */
    static final Gpr SOURCE = Gpr.x(1);

    /** Start of the group at hand. */
    static final Gpr QUANTIZED = Gpr.x(3);

    /** Rows still to do, the one at hand among them. */
    static final Gpr ROWS = Gpr.x(4);

    /** Values of a row. */
    static final Gpr K = Gpr.x(5);

    /** Bytes from one row of the source to the next. */
    static final Gpr SOURCE_STRIDE = Gpr.x(6);

    /** Bytes from one group to the next. */
    static final Gpr STRIDE = Gpr.x(7);

    private final Assembler asm;
    private final Optional<Groups> groups;

    /**
     * What groups there are.
     *
     * @param row number of the row at hand in its group
     * @param rows rows of a group: a register or a constant
     */
    record Groups(Gpr row, Operand rows) {}

    /**
     * The rows of a function.
     *
     * @param groups empty where each row is one
     */
    QuantizerRows(Assembler asm, Optional<Groups> groups) {
        this.asm = asm;
        this.groups = groups;
    }

    /** Finds the first row, how many there are, and their values. */
    void begin(Gpr scratch) {
        asm.emit(LDR, scratch, Mem.at(ARGUMENTS, QuantizerArguments.SOURCE_OFFSET));
        asm.emit(ADD, SOURCE, SOURCE, scratch);
        asm.emit(LDR, ROWS, Mem.at(ARGUMENTS, QuantizerArguments.ROWS));
        asm.emit(LDR, K, Mem.at(ARGUMENTS, QuantizerArguments.K));
    }

    /** Loads the distances of rows and groups. */
    void loadStrides() {
        asm.emit(LDR, SOURCE_STRIDE, Mem.at(ARGUMENTS, QuantizerArguments.SOURCE_STRIDE));
        asm.emit(LDR, STRIDE, Mem.at(ARGUMENTS, QuantizerArguments.STRIDE));
    }

    /** Loads how many rows a group has, and how far apart chunks of {@code together} bytes of a row are in it. */
    void loadGroup(Gpr rows, Gpr chunkStride, int together) {
        asm.emit(LDR, rows, Mem.at(ARGUMENTS, QuantizerArguments.GROUP_ROWS));
        asm.emit(LSL, chunkStride, rows, new Imm(Integer.numberOfTrailingZeros(together)));
    }

    /** Adds the loop, of which {@code row} adds the code of a row. */
    void each(Runnable row) {
        final Label first = new Label("row");
        asm.bind(first);
        row.run();
        asm.emit(ADD, SOURCE, SOURCE, SOURCE_STRIDE);
        nextQuantized();
        asm.emit(SUBS, ROWS, ROWS, new Imm(1));
        asm.emit(B_NE, first);
    }

    private void nextQuantized() {
        final Label open = new Label("group_open");
        groups.ifPresent(group -> {
            asm.emit(ADD, group.row(), group.row(), new Imm(1));
            asm.emit(CMP, group.row(), group.rows());
            asm.emit(B_NE, open);
            asm.emit(MOV, group.row(), new Imm(0));
        });
        asm.emit(ADD, QUANTIZED, QUANTIZED, STRIDE);
        groups.ifPresent(_ -> asm.bind(open));
    }
}
