package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.RET;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.CHUNK_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.FROM;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.GROUP_ROWS;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.INVERSE;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.LEFT;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.ROW;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.TEMPORARY;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.TO;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.VALUES;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.ZERO_POINT;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.QUANTIZED;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.SOURCE;

import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Modifier;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import java.util.Optional;

/**
 * The function that quantizes rows of f32 values to {@code QAI8DX}: {@code f(arguments, source, source, quantized)} by
 * the AAPCS64, its arguments laid out by {@link QuantizerArguments}. Quantized values are signed. Rows come in groups,
 * {@code [k/kr][rows of a group][kr]}, and after the values of a group come the zero point and the inverse scale of each
 * of its rows.
 */
public final class QuantizerCode {
    /** Stands for a number of rows that is known at run time. */
    private static final int ANY = 0;

    private final Assembler asm = new Assembler();
    private final int groupRows;
    private final int kr;
    private final QuantizerRows rows;
    private final QuantizerValues values;
    private final QuantizerLoop loop;
    private final QuantizerScale scale;

    private QuantizerCode(int groupRows, int kr, boolean interleaved) {
        this.groupRows = groupRows;
        this.kr = kr;
        this.rows = new QuantizerRows(asm, Optional.of(new QuantizerRows.Groups(ROW, GROUP_ROWS)));
        this.values = new QuantizerValues(asm, TEMPORARY, chunks(groupRows, kr), interleaved);
        this.loop = new QuantizerLoop(asm, values);
        this.scale = new QuantizerScale(asm);
    }

    private static Optional<QuantizerValues.Chunks> chunks(int groupRows, int kr) {
        return groupRows == 1 ? Optional.empty() : Optional.of(new QuantizerValues.Chunks(kr, CHUNK_STRIDE));
    }

    /**
     * Assembles the function for weights of four bits: values are in blocks, and before each is what its sums begin with.
     *
     * @param asFloats whether that is {@link FloatSums}
     */
    public static MachineCode assembleForBlocks(boolean asFloats) {
        return new QuantizerCode(1, 4, false).blocks(asFloats ? FloatSums.ORIGIN : 0);
    }

    /**
     * Assembles the function for weights of four bits and rows that are taken in pairs: before each block is what the sums
     * of each row begin with, twice.
     *
     * @param asFloats whether that is {@link FloatSums}
     */
    public static MachineCode assembleForPairsOfRows(boolean asFloats) {
        return new QuantizerCode(2, 8, false).blocks(asFloats ? FloatSums.ORIGIN : 0);
    }

    /**
     * Assembles the function.
     *
     * @param groupRows rows of a group
     * @param kr values of a row that lie together: 4 or 8
     */
    public static MachineCode assemble(int groupRows, int kr) {
        if (kr != 4 && kr != 8) {
            throw new IllegalArgumentException("kr: " + kr + "; expected 4 or 8");
        }
        return new QuantizerCode(groupRows, kr, false).wholeRows();
    }

    /**
     * Assembles a function whose groups have as many rows as {@link QuantizerArguments#GROUP_ROWS} says.
     *
     * @param kr values of a row that lie together: 4 or 8
     */
    public static MachineCode assembleForAnyGroup(int kr) {
        return assemble(ANY, kr);
    }

    /**
     * Assembles such a function for weights of four bits, with values in {@link NibbleOrder}.
     */
    public static MachineCode assembleInterleaved() {
        return new QuantizerCode(ANY, 4, true).wholeRows();
    }

    private MachineCode wholeRows() {
        return assemble(new QuantizerWholeRow(asm, loop, scale, values, kr)::emit);
    }

    private MachineCode blocks(int origin) {
        return assemble(new QuantizerBlocks(asm, loop, scale, values, groupRows, kr, origin)::emit);
    }

    /** The function, to which {@code quantize} adds what quantizes the values of a row. */
    private MachineCode assemble(Runnable quantize) {
        begin();
        rows.each(() -> {
            new QuantizerRange(asm, loop).emit();
            scale.choose();
            beginValues();
            quantize.run();
            storeMetadata();
        });
        asm.emit(RET);
        return asm.assemble();
    }

    private void begin() {
        rows.begin(SCRATCH);
        rows.loadStrides();
        asm.emit(LDR, VALUES, Mem.at(ARGUMENTS, QuantizerArguments.VALUES));
        asm.emit(MOV, ROW, new Imm(0));
        if (groupRows == ANY) {
            rows.loadGroup(GROUP_ROWS, CHUNK_STRIDE, kr);
        } else {
            asm.emit(MOV, GROUP_ROWS, new Imm(groupRows));
            asm.emit(MOV, CHUNK_STRIDE, new Imm(groupRows * (long) kr));
        }
        scale.begin();
    }

    /** From the start of the row to its place in the group. */
    private void beginValues() {
        asm.emit(MOV, FROM, SOURCE);
        asm.emit(MOV, TO, QUANTIZED);
        if (groupRows != 1) {
            asm.emit(ADD, TO, QUANTIZED, ROW, Modifier.lsl(Integer.numberOfTrailingZeros(kr)));
        }
    }

    private void storeMetadata() {
        asm.emit(ADD, SCRATCH, QUANTIZED, VALUES);
        asm.emit(LSL, LEFT, ROW, new Imm(Integer.numberOfTrailingZeros(QuantizerArguments.ROW_METADATA)));
        asm.emit(ADD, SCRATCH, SCRATCH, LEFT);
        asm.emit(STR, Scalar.s(ZERO_POINT), Mem.at(SCRATCH));
        asm.emit(STR, Scalar.s(INVERSE), Mem.at(SCRATCH, Integer.BYTES));
    }
}
