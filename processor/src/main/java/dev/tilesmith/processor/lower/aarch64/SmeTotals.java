package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.CSEL;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVA;
import static dev.tilesmith.processor.asm.aarch64.Op.SCVTF;
import static dev.tilesmith.processor.asm.aarch64.Op.SUB;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.END;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.GROUP;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LANES;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROW;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROWS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SLICE;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Condition;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Register;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Tile;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.asm.aarch64.ZaVectors;
import java.util.List;

/**
 * What blocks add up to, in tiles of ZA: {@code total = fma(float(sum), scale, total)}. Rows that there are none of are left
 * out, but for those that come along.
 */
final class SmeTotals {
    /** What ZA has of tiles of 32-bit elements. */
    private static final int TILES = 4;

    /** Rows of a tile that one instruction adds to. */
    private static final int GROUP_ROWS = 4;

    private final Assembler asm;
    private final SmeIsa isa;

    /**
     * Sums that are added to totals.
     *
     * @param sums a tile of integers
     * @param scale a vector of scales of columns, or a tile of scales
     * @param totals a tile
     */
    record Addend(Tile sums, Register scale, Tile totals) {
        boolean scaledByTile() {
            return scale instanceof Tile;
        }
    }

    SmeTotals(Assembler asm, SmeIsa isa) {
        this.asm = asm;
        this.isa = isa;
    }

    /** Counts the rows, of one vector of rows from the row at hand on. */
    void countRows() {
        asm.emit(SUB, END, ROWS, ROW);
        if (isa.addsToZa()) {
            asm.emit(LSL, END, END, new Imm(2));
        }
        asm.emit(CMP, END, LANES);
        asm.emit(CSEL, END, END, LANES, Condition.LT);
    }

    /**
     * Adds the code.
     *
     * @param rows label of the loop over rows
     * @param addends what is added to what
     * @param first the first of eight registers for each two of them, in SME2, a multiple of 4, or of three for each
     */
    void add(Label rows, List<Addend> addends, int first) {
        if (isa.addsToZa()) {
            addGroups(rows, addends, first);
        } else {
            addRows(rows, addends, first);
        }
    }

    /**
     * Four rows at once: groups of four vectors of ZA are equally spaced, a tile has every fourth vector, and the distance
     * is a multiple of four, so all of a group are of one tile.
     */
    private void addGroups(Label rows, List<Addend> addends, int first) {
        asm.bind(rows);
        for (int i = 0; i < addends.size(); i++) {
            asm.emit(MOVA, four(first, i), group(addends.get(i).sums()));
        }
        for (int i = 0; i < addends.size(); i++) {
            if (addends.get(i).scale() instanceof Tile scales) {
                asm.emit(MOVA, four(first, addends.size() + i), group(scales));
            }
        }
        for (int i = 0; i < addends.size(); i++) {
            asm.emit(SCVTF, four(first, i), four(first, i));
        }
        for (int i = 0; i < addends.size(); i++) {
            final Addend addend = addends.get(i);
            if (addend.scaledByTile()) {
                asm.emit(FMLA, group(addend.totals()), four(first, i), four(first, addends.size() + i));
            } else {
                asm.emit(FMLA, group(addend.totals()), four(first, i), addend.scale());
            }
        }
        asm.emit(ADD, GROUP, GROUP, new Imm(TILES));
        asm.emit(CMP, GROUP.x(), END);
        asm.emit(B_LT, rows);
        asm.emit(MOV, GROUP, new Imm(0));
    }

    private static ZaVectors group(Tile tile) {
        return ZaVectors.za(ElementSize.S, GROUP, tile.index(), GROUP_ROWS);
    }

    private static RegisterList four(int first, int index) {
        return RegisterList.list(Z.s(first + GROUP_ROWS * index), GROUP_ROWS);
    }

    /** Row by row. */
    private void addRows(Label row, List<Addend> addends, int first) {
        final int count = addends.size();
        asm.emit(MOV, SLICE, new Imm(0));
        asm.bind(row);
        for (int i = 0; i < count; i++) {
            take(Z.s(first + i), addends.get(i).sums());
            take(Z.s(first + count + i), addends.get(i).totals());
            if (addends.get(i).scale() instanceof Tile scales) {
                take(Z.s(first + 2 * count + i), scales);
            }
        }
        for (int i = 0; i < count; i++) {
            final Z sum = Z.s(first + i);
            final Z total = Z.s(first + count + i);
            final Addend addend = addends.get(i);
            asm.emit(SCVTF, sum, ALL.merging(), sum);
            asm.emit(
                    FMLA,
                    total,
                    ALL.merging(),
                    sum,
                    addend.scaledByTile() ? Z.s(first + 2 * count + i) : addend.scale());
            asm.emit(MOVA, addend.totals().row(SLICE.w(), 0), ALL.merging(), total);
        }
        asm.emit(ADD, SLICE, SLICE, new Imm(1));
        asm.emit(CMP, SLICE, END);
        asm.emit(B_NE, row);
    }

    private void take(Z to, Tile tile) {
        asm.emit(MOVA, to, ALL.merging(), tile.row(SLICE.w(), 0));
    }
}
