package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.TILELOADD;
import static dev.tilesmith.processor.asm.x86.Op.TILESTORED;
import static dev.tilesmith.processor.asm.x86.Op.TILEZERO;
import static dev.tilesmith.processor.asm.x86.Op.XOR;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.HEIGHTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.METADATA;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.TILE_DST;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Program;

/**
 * What sums in tile registers begin with, and where those go that are results as they are: to the result, where a tile is whole and a call
 * asks for no bounds. All others go by the frame to tiles of vectors.
 */
final class AmxEnds {
    private static final int ROWS = AmxRegisters.ROWS;
    private static final int ROW_BYTES = AmxRegisters.ROW_BYTES;

    /** Where biases are, at a distance of none for every row. */
    private static final Gpr BIASES = FamilyRegisters.COUNT;

    private static final Gpr NOTHING = FamilyRegisters.RHS_AT;

    /** Bytes of 16 rows of the result. */
    private static final Gpr ROWS_OF_RESULT = Gpr.R14;

    private final Assembler asm;
    private final LhsRows rows;
    private final Program tallest;
    private final int panelColumns;

    AmxEnds(Assembler asm, LhsRows rows, Program tallest, int panelColumns) {
        this.asm = asm;
        this.rows = rows;
        this.tallest = tallest;
        this.panelColumns = panelColumns;
    }

    /** Zeros, or the biases of the columns in every row. */
    void begin(int ofRows, int ofColumns) {
        if (tallest.contraction().beginsWithBias()) {
            asm.emit(MOV, BIASES, mem(ARGUMENTS, METADATA));
            asm.emit(XOR, NOTHING.as(32), NOTHING.as(32));
        }
        for (int row = 0; row < ofRows; row++) {
            for (int column = 0; column < ofColumns; column++) {
                beginOne(row, column);
            }
        }
    }

    private void beginOne(int row, int column) {
        if (tallest.contraction().beginsWithBias()) {
            final int at = PanelColumns.of(tallest, panelColumns).biases() + column * ROW_BYTES;
            asm.emit(TILELOADD, AmxRegisters.sum(row, column), mem(BIASES, NOTHING, 1, at));
        } else {
            asm.emit(TILEZERO, AmxRegisters.sum(row, column));
        }
    }

    /** Stores the sums of a tile of all rows and columns, if they are results, and goes to the next tile; else goes on. */
    void storeWhole() {
        if (!areResults()) {
            return;
        }
        final Label aside = new Label("not_whole");
        asm.emit(MOV, SCRATCH.as(32), mem(ARGUMENTS, NativeArguments.FLAGS));
        asm.emit(TEST, SCRATCH.as(32), new Imm(NativeArguments.CLAMP));
        asm.emit(JNE, aside);
        asm.emit(CMP, AmxFrame.ROWS_LEFT, new Imm(AmxRegisters.MOST_ROWS));
        asm.emit(JNE, aside);
        asm.emit(CMP, mem(ARGUMENTS, COLUMNS), new Imm(panelColumns));
        asm.emit(JNE, aside);
        store();
        rows.nextTile(AmxRegisters.MOST_ROWS);
        asm.emit(XOR, SCRATCH.as(32), SCRATCH.as(32));
        asm.emit(MOV, AmxFrame.ROWS_LEFT, SCRATCH);
        asm.emit(MOV, HEIGHTS, AmxFrame.HEIGHTS);
        asm.emit(JMP, new Label("tile"));
        asm.bind(aside);
    }

    /** Where nothing is left of K, and nothing is to be done with sums. */
    private boolean areResults() {
        return tallest.contraction().product().hasOrderOfItsOwn()
                && tallest.epilogue().isBare();
    }

    private void store() {
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.DST_STRIDE));
        asm.emit(MOV, ROWS_OF_RESULT, SCRATCH);
        asm.emit(SHL, ROWS_OF_RESULT, new Imm(Integer.numberOfTrailingZeros(ROWS)));
        for (int row = 0; row < AmxRegisters.MOST_ROWS / ROWS; row++) {
            for (int column = 0; column < panelColumns / Isa.AVX512.lanes(); column++) {
                asm.emit(TILESTORED, mem(TILE_DST, SCRATCH, 1, column * ROW_BYTES), AmxRegisters.sum(row, column));
            }
            asm.emit(ADD, TILE_DST, ROWS_OF_RESULT);
        }
    }
}
