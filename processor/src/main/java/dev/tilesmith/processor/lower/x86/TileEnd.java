package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTI128;
import static dev.tilesmith.processor.asm.x86.Op.VMASKMOVPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVQ;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSDW;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSWB;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVSDB;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.DST_AT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.TILE_DST;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import java.util.Set;
import java.util.stream.Collectors;

/** The end of a tile: stores, and the way to the next rows. */
final class TileEnd {
    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final LhsRows rows;
    private final ResultLines lines;

    /** What is done with one row of the result. */
    interface RowAction {
        void at(int row, Mem result);
    }

    /** What is done with one vector of a row. */
    private interface Storing {
        void at(Mem to, Vec value, int vector);
    }

    /** That of a tile whose rows of the result lie at one distance. */
    TileEnd(Assembler asm, Isa isa, Program program, LhsRows rows) {
        this(asm, isa, program, rows, ResultLines.ONE);
    }

    TileEnd(Assembler asm, Isa isa, Program program, LhsRows rows, ResultLines lines) {
        this.lines = lines;
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.rows = rows;
    }

    /** Stores the columns that the result has; bytes by AVX2 in whole vectors, for which the caller leaves room. */
    void store(Pass pass, EpilogueRegisters registers) {
        if (storesBytes(pass)) {
            eachRow((row, at) -> each(pass, registers, row, at, (to, value, v) -> storeBytes(to, value, v, registers)));
            return;
        }
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, COLUMNS));
        asm.emit(CMP, SCRATCH, new Imm(program.nr()));
        asm.emit(JNE, TileCode.label(program, "partial"));
        eachRow((row, at) -> each(pass, registers, row, at, (to, value, _) -> asm.emit(VMOVUPS, to, value)));
        asm.emit(JMP, TileCode.label(program, "advance"));
        asm.bind(TileCode.label(program, "partial"));
        eachRow((row, at) -> each(pass, registers, row, at, (to, value, v) -> storePart(to, value, v, registers)));
    }

    private static boolean storesBytes(Pass pass) {
        final Set<Boolean> bytes = pass.row().stream()
                .map(op -> switch (op) {
                    case Op.Store _ -> false;
                    case Op.StoreBytes _ -> true;
                    case Op.Computing _, Op.Bounding _ ->
                        throw new IllegalStateException("in a pass that stores: " + op);
                })
                .collect(Collectors.toSet());
        if (bytes.size() > 1) {
            throw new IllegalArgumentException("row: " + pass.row() + " stores bytes and others");
        }
        return bytes.contains(true);
    }

    private void each(Pass pass, EpilogueRegisters registers, int row, Mem at, Storing storing) {
        for (final Op op : pass.row()) {
            final Register from = op.reads().getFirst();
            final int bytes = program.epilogue().dstBytes() * isa.lanes();
            storing.at(at.plus(from.vector() * bytes), registers.of(from, row), from.vector());
        }
    }

    private void storePart(Mem to, Vec value, int vector, EpilogueRegisters registers) {
        if (isa == Isa.AVX512) {
            asm.emit(VMOVUPS, to.merging(FamilyRegisters.columnMask(vector)), value);
        } else {
            final Vec mask = registers.take();
            asm.emit(VMOVUPS, mask, FamilyRegisters.columnMaskInMemory(vector));
            asm.emit(VMASKMOVPS, to, mask, value);
            registers.release(mask);
        }
    }

    private void storeBytes(Mem to, Vec value, int vector, EpilogueRegisters registers) {
        if (isa == Isa.AVX512) {
            asm.emit(VPMOVSDB, to.merging(FamilyRegisters.columnMask(vector)), value);
        } else {
            final Vec scratch = registers.take();
            final Vec high = scratch.as(128);
            asm.emit(VEXTRACTI128, high, value, new Imm(1));
            asm.emit(VPACKSSDW, high, value.as(128), high);
            asm.emit(VPACKSSWB, high, high, high);
            asm.emit(VMOVQ, to, high);
            registers.release(scratch);
        }
    }

    /** Moves the pointers of the tile's rows, and of its results, to the next tile's. */
    void advance() {
        asm.bind(TileCode.label(program, "advance"));
        rows.nextTile(program.mr());
        asm.emit(IMUL, SCRATCH, mem(ARGUMENTS, NativeArguments.DST_STRIDE), new Imm(program.mr()));
        asm.emit(ADD, TILE_DST, SCRATCH);
    }

    /** Goes over the rows of the result with a pointer. */
    void eachRow(RowAction action) {
        asm.emit(MOV, DST_AT, TILE_DST);
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.DST_STRIDE));
        for (int row = 0; row < program.mr(); row++) {
            action.at(row, mem(DST_AT));
            if (row + 1 < program.mr()) {
                lines.next(asm, row + 1);
            }
        }
    }
}
