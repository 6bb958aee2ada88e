package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.FCVT;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1H;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.WHILELT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN_COUNTER;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS_AT;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Word;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.program.Program;

/**
 * Loads columns of 16 bits, each into a lane of 32, and widens them there: of SME2's loads of several vectors none puts 16 bits
 * into 32.
 */
final class SmeHalves implements SmeColumns {
    private final Assembler asm;
    private final SmeIsa isa;
    private final Program program;

    /** Loads for the vectors of columns of {@code program}. */
    SmeHalves(Assembler asm, SmeIsa isa, Program program) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
    }

    @Override
    public int columnBytes() {
        return Short.BYTES;
    }

    /** One predicate for each vector is all that loads take; by the other the code of one row loads sums to go on from. */
    @Override
    public void beginColumns(int panelColumns) {
        if (isa.loadsSeveral()) {
            asm.emit(
                    WHILELT,
                    COLUMN_COUNTER.of(ElementSize.S),
                    COLUMN,
                    COLUMNS,
                    program.vectors() == 2 ? Word.VLX2 : Word.VLX4);
        }
    }

    @Override
    public void load(int to, int packed, int spare) {
        for (int v = 0; v < program.vectors(); v++) {
            final Z column = Z.s(to + v);
            asm.emit(LD1H, RegisterList.list(column, 1), SmeRegisters.columns(v).zeroing(), Mem.vectors(RHS_AT, v));
            widen(column);
        }
    }

    private void widen(Z column) {
        switch (program.contraction().rhs().stored()) {
            case F16 -> asm.emit(FCVT, column, ALL.merging(), column.as(ElementSize.H));
            case BF16 -> asm.emit(LSL, column, column, new Imm(Short.SIZE));
            case F32, INT8, NIBBLES, TWO_BITS ->
                throw new IllegalStateException("no floats of 16 bits: " + program.contraction());
        }
    }
}
