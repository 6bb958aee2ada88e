package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPS2DQ;
import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTI128;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVQ;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSDW;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSWB;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPMAXSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMINSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVSDB;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.runtime.NativeArguments;
import java.util.function.IntFunction;

/**
 * The end of a tile whose left operand was quantized beforehand: what a column adds to its sums, and where results are int8,
 * the way to these. In the panel's metadata, vectors of what sums begin with come first, then multipliers, then zero points.
 */
final class StaticEnd {
    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final int panelColumns;
    private final TileEnd.Results results;
    private final IntFunction<Vec> scratch;
    private final TileEnd end;

    /**
     * The end of a tile.
     *
     * @param panelColumns columns of a panel
     * @param results where the sums are
     * @param scratch two registers that hold no sum
     * @param end stores
     */
    StaticEnd(
            Assembler asm,
            Isa isa,
            Program program,
            int panelColumns,
            TileEnd.Results results,
            IntFunction<Vec> scratch,
            TileEnd end) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.panelColumns = panelColumns;
        this.results = results;
        this.scratch = scratch;
        this.end = end;
    }

    /** Whether results are int8. */
    static boolean storesBytes(Program program) {
        return program.finish().stream().anyMatch(Op.StoreBytes.class::isInstance);
    }

    /** Makes results of the sums, and stores them. */
    void emit() {
        asm.emit(MOV, R13, mem(RDI, FamilyCode.METADATA));
        eachSum((row, v) -> asm.emit(VPADDD, results.at(row, v), results.at(row, v), metadata(0, v)));
        if (storesBytes(program)) {
            requantize();
            clampIntegers();
            asm.bind(label("store"));
            storeBytes();
        } else {
            end.store();
        }
    }

    private Label label(String place) {
        return new Label(TileCode.entry(program).name() + "_" + place);
    }

    /**
     * {@code round(float(sum) * multiplier) + zeroPoint}. Products are bounded to 16 bits before they are converted,
     * which far larger ones would not survive.
     */
    private void requantize() {
        final Vec lowest = scratch.apply(0);
        final Vec highest = scratch.apply(1);
        asm.emit(VBROADCASTSS, lowest, constant(Short.MIN_VALUE));
        asm.emit(VBROADCASTSS, highest, constant(Short.MAX_VALUE));
        eachSum((row, v) -> {
            final Vec sum = results.at(row, v);
            asm.emit(VCVTDQ2PS, sum, sum);
            asm.emit(VMULPS, sum, sum, metadata(1, v));
            asm.emit(VMAXPS, sum, sum, lowest);
            asm.emit(VMINPS, sum, sum, highest);
            asm.emit(VCVTPS2DQ, sum, sum);
            asm.emit(VPADDD, sum, sum, metadata(2, v));
        });
    }

    private Mem constant(float value) {
        return Mem.at(asm.constant(new float[] {value}, Float.BYTES));
    }

    private void clampIntegers() {
        if (program.finish().stream().noneMatch(Op.IntClamp.class::isInstance)) {
            return;
        }
        asm.emit(MOV, RAX.as(32), mem(RDI, NativeArguments.FLAGS));
        asm.emit(TEST, RAX.as(32), new Imm(NativeArguments.CLAMP));
        asm.emit(JE, label("store"));
        final Vec lowest = scratch.apply(0);
        final Vec highest = scratch.apply(1);
        asm.emit(VPBROADCASTD, lowest, mem(RDI, NativeArguments.CLAMP_MIN));
        asm.emit(VPBROADCASTD, highest, mem(RDI, NativeArguments.CLAMP_MAX));
        eachSum((row, v) -> {
            asm.emit(VPMAXSD, results.at(row, v), results.at(row, v), lowest);
            asm.emit(VPMINSD, results.at(row, v), results.at(row, v), highest);
        });
    }

    /** AVX-512 stores the columns that the result has; AVX2 stores whole vectors, for which the caller leaves room. */
    private void storeBytes() {
        end.eachRow((row, at) -> {
            for (int v = 0; v < program.vectors(); v++) {
                final Vec sum = results.at(row, v);
                final Mem to = at.plus(v * isa.lanes());
                if (isa == Isa.AVX512) {
                    asm.emit(VPMOVSDB, to.merging(new Mask(FamilyCode.FIRST_COLUMN_MASK + v)), sum);
                } else {
                    final Vec high = scratch.apply(0).as(128);
                    asm.emit(VEXTRACTI128, high, sum, new Imm(1));
                    asm.emit(VPACKSSDW, high, sum.as(128), high);
                    asm.emit(VPACKSSWB, high, high, high);
                    asm.emit(VMOVQ, to, high);
                }
            }
        });
    }

    private Mem metadata(int kind, int vector) {
        return mem(R13, kind * panelColumns * Integer.BYTES + vector * isa.bits() / 8);
    }

    private void eachSum(SumAction action) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                action.at(row, v);
            }
        }
    }

    /** What is done with one sum. */
    private interface SumAction {
        void at(int row, int vector);
    }
}
