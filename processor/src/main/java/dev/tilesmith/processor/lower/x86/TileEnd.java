package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R10;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCMPPS;
import static dev.tilesmith.processor.asm.x86.Op.VMASKMOVPS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VORPS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.runtime.NativeArguments;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The end of a tile whose results are f32s, or integers that are stored as they are: bounds, stores, the next rows. */
final class TileEnd {
    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final Results results;
    private final IntFunction<Vec> scratch;

    /** Where the results are. */
    interface Results {
        Vec at(int row, int vector);
    }

    /** What is done with one row of the result. */
    interface RowAction {
        void at(int row, Mem result);
    }

    /**
     * The end of a tile.
     *
     * @param results where its results are
     * @param scratch two registers that hold no result
     */
    TileEnd(Assembler asm, Isa isa, Program program, Results results, IntFunction<Vec> scratch) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.results = results;
        this.scratch = scratch;
    }

    private Label label(String place) {
        return new Label(TileCode.entry(program).name() + "_" + place);
    }

    /**
     * Java's max and min. x86's give the second source where either is NaN or both are zero: min has the value second;
     * for max the bound must be second, since a zero bound is +0, and NaN is put back.
     */
    void clamp() {
        if (program.finish().stream().noneMatch(Op.Clamp.class::isInstance)) {
            return;
        }
        asm.emit(MOV, RAX.as(32), mem(RDI, NativeArguments.FLAGS));
        asm.emit(TEST, RAX.as(32), new Imm(NativeArguments.CLAMP));
        asm.emit(JE, label("store"));
        final Vec bound = scratch.apply(0);
        asm.emit(VBROADCASTSS, bound, mem(RDI, NativeArguments.CLAMP_MIN));
        eachResult(sum -> {
            if (isa == Isa.AVX512) {
                asm.emit(VCMPPS, FamilyCode.SCRATCH_MASK, sum, sum, new Imm(FamilyCode.ORDERED));
                asm.emit(VMAXPS, sum.merging(FamilyCode.SCRATCH_MASK), sum, bound);
            } else {
                final Vec unordered = scratch.apply(1); // all ones, which is a NaN
                asm.emit(VCMPPS, unordered, sum, sum, new Imm(FamilyCode.UNORDERED));
                asm.emit(VMAXPS, sum, sum, bound);
                asm.emit(VORPS, sum, sum, unordered);
            }
        });
        asm.emit(VBROADCASTSS, bound, mem(RDI, NativeArguments.CLAMP_MAX));
        eachResult(sum -> asm.emit(VMINPS, sum, bound, sum));
    }

    /** Stores the columns that the result has. */
    void store() {
        asm.bind(label("store"));
        asm.emit(MOV, RAX, mem(RDI, FamilyCode.COLUMNS));
        asm.emit(CMP, RAX, new Imm(program.nr()));
        asm.emit(JNE, label("partial"));
        eachRow((row, at) -> {
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(VMOVUPS, at.plus(v * isa.bits() / 8), results.at(row, v));
            }
        });
        asm.emit(JMP, label("advance"));
        asm.bind(label("partial"));
        eachRow((row, at) -> {
            for (int v = 0; v < program.vectors(); v++) {
                storePart(at.plus(v * isa.bits() / 8), results.at(row, v), v);
            }
        });
    }

    private void storePart(Mem to, Vec sum, int vector) {
        if (isa == Isa.AVX512) {
            asm.emit(VMOVUPS, to.merging(new Mask(FamilyCode.FIRST_COLUMN_MASK + vector)), sum);
        } else {
            final Vec mask = scratch.apply(0);
            asm.emit(VMOVUPS, mask, FamilyCode.maskOf(vector));
            asm.emit(VMASKMOVPS, to, mask, sum);
        }
    }

    /** Moves the pointers of the tile's rows, and of its results, to the next tile's. */
    void advance() {
        asm.bind(label("advance"));
        asm.emit(IMUL, RAX, RBX, new Imm(program.mr()));
        asm.emit(ADD, R9, RAX);
        asm.emit(IMUL, RAX, mem(RDI, NativeArguments.DST_STRIDE), new Imm(program.mr()));
        asm.emit(ADD, R10, RAX);
    }

    /** Goes over the rows of the result with a pointer in r8. */
    void eachRow(RowAction action) {
        asm.emit(MOV, R8, R10);
        asm.emit(MOV, RAX, mem(RDI, NativeArguments.DST_STRIDE));
        for (int row = 0; row < program.mr(); row++) {
            action.at(row, mem(R8));
            if (row + 1 < program.mr()) {
                asm.emit(ADD, R8, RAX);
            }
        }
    }

    private void eachResult(Consumer<Vec> action) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                action.accept(results.at(row, v));
            }
        }
    }
}
