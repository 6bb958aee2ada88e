package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.FMOPA;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1W;
import static dev.tilesmith.processor.asm.aarch64.Op.ZERO;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS_STEP;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Tile;
import dev.tilesmith.processor.asm.aarch64.TileGroup;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.program.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of outer products where rows and columns both have scales for it. The products of the scales of all rows with
 * those of all columns are an outer product too, and exact, since scales are binary16, but for the sign of zero, which no
 * total shows; so is what minima add: {@code total = fma(min, scaledSum, total)}.
 *
 * <p>Totals take two tiles of ZA, one for each vector of columns, and the products of scales one; that leaves one for sums,
 * which the two vectors of columns have one after the other. All values of a block are kept in registers meanwhile.
 */
final class SmePairedBlocks {
    private static final int STEPS = PanelLayout.INT4_GROUP / Integer.BYTES;
    private static final int VECTORS = 2;

    private static final Tile SUMS = Tile.s(0);
    private static final Tile SCALES = Tile.s(1);
    private static final int FIRST_TOTAL = 2;

    /** A vector of rows for each step, then two of columns for each; then eight that change. */
    private static final int ROWS = 0;

    private static final int COLUMNS = ROWS + STEPS;
    private static final int CHANGING = COLUMNS + VECTORS * STEPS;

    /** Before the first total is added to. */
    private static final int SPARE = CHANGING;

    private static final int SCALED_SUMS = CHANGING + 1;
    private static final int MINS = CHANGING + 2;

    /** In place of the first vectors of columns, which are multiplied by then; the second ones are between them. */
    private static final int ROW_SCALES = COLUMNS;

    private static final int COLUMN_SCALES = COLUMNS + 2;

    private final Assembler asm;
    private final Program program;
    private final int panelColumns;
    private final String name;
    private final SmeBlocks blocks;
    private final SmeTotals totals;
    private final List<SmeStep> steps = new ArrayList<>();

    /**
     * Blocks of a program of one vector of rows and two of columns.
     *
     * @param name begins its labels
     */
    SmePairedBlocks(Assembler asm, SmeIsa isa, Program program, int panelColumns, String name, SmeBlocks blocks) {
        if (program.shape().rowVectors() != 1 || program.vectors() != VECTORS) {
            throw new IllegalArgumentException("program of " + program.shape().rowVectors() + " x " + program.vectors()
                    + " vectors; expected 1 x " + VECTORS);
        }
        this.asm = asm;
        this.program = program;
        this.panelColumns = panelColumns;
        this.name = name;
        this.blocks = blocks;
        this.totals = new SmeTotals(asm, isa);
        for (int step = 0; step < STEPS; step++) {
            final int columns = COLUMNS + VECTORS * step;
            steps.add(new SmeStep(asm, isa, program, new SmeStep.Registers(ROWS + step, columns, columns + 1, SPARE)));
        }
    }

    /** Adds the loop over all blocks. ZA is zero before it. */
    void emit() {
        totals.countRows();
        blocks.emit(name, this::block);
    }

    private void block() {
        if (program.contraction().hasMinima()) {
            loadOfRows(SCALED_SUMS);
        }
        asm.emit(ADD, LHS_AT, LHS_AT, LHS_STEP);
        for (final SmeStep step : steps) {
            step.load();
            step.multiply(0, SUMS);
            step.advance(panelColumns);
        }
        loadOfRows(ROW_SCALES);
        asm.emit(ADD, LHS_AT, LHS_AT, LHS_STEP);
        blocks.loadF16(SmeBlocks.F16.SCALES, COLUMN_SCALES, VECTORS);
        if (program.contraction().hasMinima()) {
            blocks.loadF16(SmeBlocks.F16.MINIMA, MINS, 1);
            for (int v = 0; v < VECTORS; v++) {
                multiply(total(v), SCALED_SUMS, MINS + v);
            }
        }
        blocks.passF16();
        for (int v = 0; v < VECTORS; v++) {
            add(v);
        }
    }

    private void add(int v) {
        if (v > 0) {
            for (final SmeStep step : steps) {
                step.multiply(v, SUMS);
            }
        }
        multiply(SCALES, ROW_SCALES, COLUMN_SCALES + VECTORS * v);
        totals.add(new Label(name + "_totals" + v), List.of(new SmeTotals.Addend(SUMS, SCALES, total(v))), CHANGING);
        asm.emit(ZERO, TileGroup.tiles(SUMS, SCALES));
    }

    private static Tile total(int vector) {
        return Tile.s(FIRST_TOTAL + vector);
    }

    private void multiply(Tile tile, int rows, int columns) {
        asm.emit(FMOPA, tile, ALL.merging(), ALL.merging(), Z.s(rows), Z.s(columns));
    }

    private void loadOfRows(int to) {
        asm.emit(LD1W, RegisterList.list(Z.s(to), 1), SmeRegisters.rows(0).zeroing(), Mem.at(LHS_AT));
    }
}
