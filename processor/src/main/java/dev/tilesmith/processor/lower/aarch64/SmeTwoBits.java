package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1B;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1RB;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1RW;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LDRB;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.LSR;
import static dev.tilesmith.processor.asm.aarch64.Op.LUTI2;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.TBL;
import static dev.tilesmith.processor.asm.aarch64.Op.WHILELT;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP2;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN_BYTES;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.END;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.METADATA;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SCRATCH;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Op;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Word;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Program;

/**
 * Loads weights of two bits for outer products: a column has one byte of a step, so a vector in memory is four vectors of
 * columns. Its values are looked up in the panel's table, whose smallest value goes back to it before.
 *
 * <p>SME2 has an instruction for all of it: {@code luti2} takes its indexes in the order of their bits. SME looks up one value
 * of each byte at a time, as Advanced SIMD does ({@link NeonTable}), and zips the four.
 */
final class SmeTwoBits implements SmeColumns {
    private static final int VALUES = 4;
    private static final int FOUR_BITS = 4;

    private final Assembler asm;
    private final SmeIsa isa;
    private final Program program;

    /** Loads for the vectors of columns of {@code program}, two or four. */
    SmeTwoBits(Assembler asm, SmeIsa isa, Program program) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
    }

    @Override
    public int columnBytes() {
        return 1;
    }

    /** Fills the table of lookups, which wants 32 bits for each value, by way of room in the argument block. */
    @Override
    public void beginPanel(int panelColumns) {
        if (!isa.looksUp()) {
            return;
        }
        final PanelColumns ofPanel = PanelColumns.of(program, panelColumns);
        asm.emit(LDR, END.w(), Mem.at(METADATA, ofPanel.smallest()));
        for (int i = 0; i < VALUES; i++) {
            asm.emit(LDRB, SCRATCH.w(), Mem.at(METADATA, ofPanel.table() + i));
            asm.emit(ADD, SCRATCH.w(), SCRATCH.w(), END.w());
            asm.emit(STR, SCRATCH.w(), Mem.at(ARGUMENTS, NativeArguments.TOTALS + i * (long) Integer.BYTES));
        }
        asm.emit(ADD, SCRATCH, ARGUMENTS, new Imm(NativeArguments.TOTALS));
        asm.emit(LDR, Word.ZT0, Mem.at(SCRATCH));
    }

    @Override
    public void beginColumns(int panelColumns) {
        asm.emit(WHILELT, COLUMN_BYTES.of(ElementSize.B), COLUMN, COLUMNS);
        if (isa.looksUp()) {
            return;
        }
        final Z table = table(0);
        final Z other = table(1);
        final PanelColumns ofPanel = PanelColumns.of(program, panelColumns);
        asm.emit(ADD, SCRATCH, METADATA, new Imm(ofPanel.table()));
        asm.emit(LD1RW, RegisterList.list(table.as(ElementSize.S), 1), ALL.zeroing(), Mem.at(SCRATCH));
        asm.emit(
                LD1RB,
                RegisterList.list(other, 1),
                ALL.zeroing(),
                Mem.at(SCRATCH, ofPanel.smallest() - ofPanel.table()));
        asm.emit(ADD, table, table, other);
        asm.emit(ZIP1, other, table, table);
        asm.emit(ZIP1, other, other, other);
    }

    /** SME's tables: one has the values again and again, the other each of them four times in turn. */
    private Z table(int index) {
        return Z.b(SmeRegisters.unusedByStep(program.vectors(), index));
    }

    @Override
    public void load(int to, int packed, int spare) {
        asm.emit(LD1B, RegisterList.list(Z.b(packed), 1), COLUMN_BYTES.zeroing(), Mem.at(RHS_AT));
        if (isa.looksUp()) {
            asm.emit(
                    LUTI2,
                    RegisterList.list(Z.b(to), program.vectors()),
                    Word.ZT0,
                    Z.z(packed).lane(0));
        } else if (program.vectors() == VALUES) {
            lookUp(Z.b(packed), Z.b(spare), Z.b(to), Z.b(to + 2));
            zipFour(to, Z.b(packed), Z.b(spare));
        } else {
            lookUp(Z.b(packed), Z.b(spare), Z.b(to), Z.b(to + 1));
            zipTwo(to, Z.b(packed), Z.b(spare));
        }
    }

    /** Looks up the four values of each byte: the second goes to {@code spare}, and the fourth to where the bytes are. */
    private void lookUp(Z bytes, Z spare, Z first, Z third) {
        asm.emit(LSL, spare, bytes, new Imm(FOUR_BITS));
        asm.emit(LSR, spare, spare, new Imm(FOUR_BITS));
        asm.emit(LSR, bytes, bytes, new Imm(FOUR_BITS));
        lookUp(first, spare, 0);
        lookUp(spare, spare, 1);
        lookUp(third, bytes, 0);
        lookUp(bytes, bytes, 1);
    }

    private void lookUp(Z to, Z bits, int table) {
        asm.emit(TBL, to, RegisterList.list(table(table), 1), bits);
    }

    /** The first values of all columns are in {@code to}, the third two registers on. */
    private void zipFour(int to, Z fourth, Z second) {
        zip(Z.b(to + 1), ZIP1, Z.b(to), second);
        zip(second, ZIP2, Z.b(to), second);
        zip(Z.b(to + 3), ZIP1, Z.b(to + 2), fourth);
        zip(fourth, ZIP2, Z.b(to + 2), fourth);
        zip(Z.h(to), ZIP1, Z.h(to + 1), Z.h(to + 3));
        zip(Z.h(to + 1), ZIP2, Z.h(to + 1), Z.h(to + 3));
        zip(Z.h(to + 2), ZIP1, second.as(ElementSize.H), fourth.as(ElementSize.H));
        zip(Z.h(to + 3), ZIP2, second.as(ElementSize.H), fourth.as(ElementSize.H));
    }

    /** The first values are in {@code to}, the third in the next register; the second half of the columns is not wanted. */
    private void zipTwo(int to, Z fourth, Z second) {
        zip(second, ZIP1, Z.b(to), second);
        zip(fourth, ZIP1, Z.b(to + 1), fourth);
        zip(Z.h(to), ZIP1, second.as(ElementSize.H), fourth.as(ElementSize.H));
        zip(Z.h(to + 1), ZIP2, second.as(ElementSize.H), fourth.as(ElementSize.H));
    }

    private void zip(Z to, Op half, Z a, Z b) {
        asm.emit(half, to, a, b);
    }
}
