package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Program;

/** A tile whose sums are all there, for it to finish: vectors would add what is left of them in another order. */
final class SummedTileCode implements TileCode, EarlierSums.Tile {
    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final LhsRows rows;
    private final VectorSet vectors;
    private final int panelColumns;
    private final EarlierSums sums;

    /**
     * The code of one tile.
     *
     * @param panelColumns columns of a panel, which may be more than the tile's: those beyond are skipped
     * @param sums those that it finishes
     */
    SummedTileCode(Assembler asm, Isa isa, Program program, LhsRows rows, int panelColumns, EarlierSums sums) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.rows = rows;
        this.vectors = new VectorSet(isa.bits(), isa.registers());
        this.panelColumns = panelColumns;
        this.sums = sums;
        Sums.each(program, this::sum);
        vectors.keepAssigned();
    }

    @Override
    public void emit(Label done) {
        asm.bind(TileCode.entry(program));
        sums.takeFor(this);
        new TileFinish(asm, isa, program, rows)
                .emit(
                        PanelColumns.of(program, panelColumns),
                        new EpilogueRegisters(program, this::sum, vectors::scratch),
                        done);
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public void count() {} // no step is its own

    @Override
    public void add(int row, int vector, Mem earlier) {
        asm.emit(VMOVUPS, sum(row, vector), earlier);
    }

    private Vec sum(int row, int vector) {
        return vectors.of(new VectorSet.Sum(0, row, vector));
    }
}
