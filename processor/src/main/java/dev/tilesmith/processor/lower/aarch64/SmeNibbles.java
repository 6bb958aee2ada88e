package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.ADR;
import static dev.tilesmith.processor.asm.aarch64.Op.ASR;
import static dev.tilesmith.processor.asm.aarch64.Op.EOR;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1H;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.LSR;
import static dev.tilesmith.processor.asm.aarch64.Op.LUTI4;
import static dev.tilesmith.processor.asm.aarch64.Op.WHILELT;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP2;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN_COUNTER;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LANES;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SCRATCH;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Modifier;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Word;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.program.Decoding;
import dev.tilesmith.processor.program.Program;

/**
 * Loads weights of four bits for outer products. A column has two bytes of a step, so a vector in memory is two vectors of
 * columns: four values each. What is added to them in memory, 8 or nothing, comes off here, so that sums begin with zero.
 *
 * <p>SME2 looks the values up, in a table of 16: {@code luti4} takes its indexes in the order of their bits, for each
 * column those of the low bits of a byte before those of the high ones. SME shifts them out of both halves of a byte, and
 * zips the halves.
 */
final class SmeNibbles implements SmeColumns {
    /** Bytes of a column in a step. */
    private static final int COLUMN_BYTES = 2;

    private static final int NIBBLE_BITS = 4;
    private static final int VALUES = 1 << NIBBLE_BITS;

    /** The upper bits of both values of a byte: what turns them from 8 added to two's complement. */
    private static final int SIGNS = 0x88;

    private static final int TABLE_ALIGNMENT = 64;

    private final Assembler asm;
    private final SmeIsa isa;
    private final int pairs;
    private final int offset;

    /** Loads for the vectors of columns of {@code program}, two or four. */
    SmeNibbles(Assembler asm, SmeIsa isa, Program program) {
        this.asm = asm;
        this.isa = isa;
        this.pairs = program.vectors() / 2;
        this.offset = program.contraction().rhs().addend() == Decoding.Addend.MINUS_8 ? 8 : 0;
    }

    /** Whether a program's weights have four bits. */
    static boolean in(Program program) {
        return program.contraction().rhs().stored() == Decoding.Stored.NIBBLES;
    }

    @Override
    public int columnBytes() {
        return COLUMN_BYTES;
    }

    /** Fills the table of lookups, where there are any. */
    @Override
    public void begin() {
        if (!isa.looksUp()) {
            return;
        }
        final int[] values = new int[VALUES];
        for (int i = 0; i < values.length; i++) {
            values[i] = i - offset;
        }
        final Label table = asm.constant(values, TABLE_ALIGNMENT);
        asm.emit(ADR, SCRATCH, table);
        asm.emit(LDR, Word.ZT0, Mem.at(SCRATCH));
    }

    @Override
    public void beginColumns(int panelColumns) {
        if (isa.loadsSeveral() && pairs == 2) {
            asm.emit(WHILELT, COLUMN_COUNTER.of(ElementSize.H), COLUMN, COLUMNS, Word.VLX2);
            return;
        }
        asm.emit(WHILELT, SmeRegisters.columnPairs(0).of(ElementSize.H), COLUMN, COLUMNS);
        if (pairs == 2) {
            asm.emit(ADD, SCRATCH, COLUMN, LANES, Modifier.lsl(1));
            asm.emit(WHILELT, SmeRegisters.columnPairs(1).of(ElementSize.H), SCRATCH, COLUMNS);
        }
    }

    @Override
    public void load(int to, int packed, int spare) {
        loadPairs(packed);
        for (int pair = 0; pair < pairs; pair++) {
            final int first = to + 2 * pair;
            if (isa.looksUp()) {
                asm.emit(
                        LUTI4,
                        RegisterList.list(Z.b(first), 2),
                        Word.ZT0,
                        Z.z(packed + pair).lane(0));
            } else {
                shift(Z.b(packed + pair), Z.b(spare));
                asm.emit(ZIP1, Z.b(first), Z.b(spare), Z.b(packed + pair));
                asm.emit(ZIP2, Z.b(first + 1), Z.b(spare), Z.b(packed + pair));
            }
        }
    }

    /** Loads two bytes for each column, without taking them apart. */
    void loadPairs(int to) {
        if (isa.loadsSeveral() && pairs == 2) {
            asm.emit(LD1H, RegisterList.list(Z.h(to), 2), COLUMN_COUNTER.zeroing(), Mem.at(RHS_AT));
            return;
        }
        for (int pair = 0; pair < pairs; pair++) {
            asm.emit(
                    LD1H,
                    RegisterList.list(Z.h(to + pair), 1),
                    SmeRegisters.columnPairs(pair).zeroing(),
                    Mem.vectors(RHS_AT, pair));
        }
    }

    /** The high values stay where they were, the low ones go to {@code low}. */
    private void shift(Z bytes, Z low) {
        final dev.tilesmith.processor.asm.aarch64.Op down = offset == 0 ? LSR : ASR;
        if (offset != 0) {
            asm.emit(EOR, bytes, bytes, new Imm(SIGNS));
        }
        asm.emit(LSL, low, bytes, new Imm(NIBBLE_BITS));
        asm.emit(down, low, low, new Imm(NIBBLE_BITS));
        asm.emit(down, bytes, bytes, new Imm(NIBBLE_BITS));
    }
}
