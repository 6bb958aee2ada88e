package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.LD1W;
import static dev.tilesmith.processor.asm.aarch64.Op.WHILELT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN_COUNTER;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS_AT;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Word;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.program.Program;

/** Loads columns of 32 bits, which are multiplied as they lie: by SME2 all vectors at once. */
final class SmeWords implements SmeColumns {
    private final Assembler asm;
    private final SmeIsa isa;
    private final int vectors;

    /** Loads for the vectors of columns of {@code program}, two or four. */
    SmeWords(Assembler asm, SmeIsa isa, Program program) {
        this.asm = asm;
        this.isa = isa;
        this.vectors = program.vectors();
    }

    @Override
    public int columnBytes() {
        return Integer.BYTES;
    }

    @Override
    public void beginColumns(int panelColumns) {
        if (isa.loadsSeveral()) {
            final Word vectorsOf = vectors == 2 ? Word.VLX2 : Word.VLX4;
            asm.emit(WHILELT, COLUMN_COUNTER.of(ElementSize.S), COLUMN, COLUMNS, vectorsOf);
        }
    }

    @Override
    public void load(int to, int packed, int spare) {
        if (isa.loadsSeveral()) {
            asm.emit(LD1W, RegisterList.list(Z.s(to), vectors), COLUMN_COUNTER.zeroing(), Mem.at(RHS_AT));
            return;
        }
        for (int v = 0; v < vectors; v++) {
            final Mem at = Mem.vectors(RHS_AT, v);
            asm.emit(
                    LD1W,
                    RegisterList.list(Z.s(to + v), 1),
                    SmeRegisters.columns(v).zeroing(),
                    at);
        }
    }
}
