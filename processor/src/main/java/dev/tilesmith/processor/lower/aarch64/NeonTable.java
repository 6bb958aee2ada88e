package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.AND;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1R;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.TBL;
import static dev.tilesmith.processor.asm.aarch64.Op.USHR;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.METADATA;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Decoding;
import dev.tilesmith.processor.program.Program;

/**
 * Looks up what weights of two bits stand for, in the panel's table. The instruction takes a byte below 16 as a place in 16
 * bytes, so four bits are looked up at a time: where the table is there again and again, the upper two of them do not matter;
 * where each of its values is there four times in turn, the lower two do not.
 */
final class NeonTable {
    /** Registers that its constants take: the mask of the low bits, and both tables. */
    static final int CONSTANTS = 3;

    /** Values that a byte holds. */
    static final int PARTS = 4;

    private static final int LOW_BITS = 15;
    private static final int HIGH_SHIFT = 4;

    private final Assembler asm;
    private final PanelColumns columns;
    private final int first;

    /**
     * Looks up for {@code program}.
     *
     * @param first the first register of the constants
     */
    NeonTable(Assembler asm, Program program, int first) {
        this.asm = asm;
        this.columns = PanelColumns.of(program);
        this.first = first;
    }

    /** Whether a program's weights are looked up. */
    static boolean in(Program program) {
        return program.contraction().rhs().stored() == Decoding.Stored.TWO_BITS;
    }

    private V constant(int index) {
        return V.b16(first + index);
    }

    /** Sets the constants: to the table its smallest value is added, so that its values are what they are, signed. */
    void begin() {
        final V table = constant(1);
        final V other = constant(2);
        asm.emit(MOVI, constant(0), new Imm(LOW_BITS));
        asm.emit(ADD, SCRATCH, METADATA, new Imm(columns.table()));
        asm.emit(
                LD1R,
                RegisterList.list(table.as(Arrangement.S4), 1),
                Mem.after(SCRATCH, columns.smallest() - columns.table()));
        asm.emit(LD1R, RegisterList.list(other, 1), Mem.at(SCRATCH));
        asm.emit(ADD, table, table, other);
        asm.emit(ZIP1, other, table, table);
        asm.emit(ZIP1, other, other, other);
    }

    /** Leaves in {@code to} the four bits of each byte that say what its first two values are, or its last two. */
    void takeBits(V to, V bytes, boolean last) {
        if (last) {
            asm.emit(USHR, to, bytes, new Imm(HIGH_SHIFT));
        } else {
            asm.emit(AND, to, bytes, constant(0));
        }
    }

    /** Looks up one of the two values that four bits choose. */
    void lookUp(V to, V bits, boolean second) {
        asm.emit(TBL, to, RegisterList.list(constant(second ? 2 : 1), 1), bits);
    }
}
