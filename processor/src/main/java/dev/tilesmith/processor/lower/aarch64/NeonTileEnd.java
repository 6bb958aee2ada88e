package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LE;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.MADD;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.SQXTN;
import static dev.tilesmith.processor.asm.aarch64.Op.ST1;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP2;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.DST_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.INDEX;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.TILE_DST;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Program;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The end of a tile in Advanced SIMD: results stored row by row, and the way to the next tile. */
final class NeonTileEnd {
    private static final int VECTOR_BYTES = 16;
    private static final int ELEMENTS = 4;

    private final Assembler asm;
    private final Program program;
    private final String name;
    private final NeonRows rows;
    private final IntFunction<V> scratch;

    /** What is done with one result. */
    interface ResultAction {
        void at(int row, int vector);
    }

    /**
     * The end of a tile.
     *
     * @param name what its labels begin with
     * @param rows its left operand
     * @param scratch registers that hold no result
     */
    NeonTileEnd(Assembler asm, Program program, String name, NeonRows rows, IntFunction<V> scratch) {
        this.asm = asm;
        this.program = program;
        this.name = name;
        this.rows = rows;
        this.scratch = scratch;
    }

    private Label label(String place) {
        return new Label(name + "_" + place);
    }

    /**
     * Parts the results of two rows and four columns: {@code first} has those of the first two columns and {@code second}
     * those of the last two, row by row; then {@code first} has the first row and {@code second} the second.
     */
    void part(V first, V second) {
        final V a = first.as(Arrangement.D2);
        final V b = second.as(Arrangement.D2);
        final V low = scratch.apply(0).as(Arrangement.D2);
        asm.emit(ZIP1, low, a, b);
        asm.emit(ZIP2, b, a, b);
        asm.emit(MOV, a.as(Arrangement.B16), low.as(Arrangement.B16));
    }

    /** Goes on to where the next tile is chosen, with the pointers moved to it. */
    void leave(Label next) {
        advance();
        asm.emit(B, next);
    }

    /** Stores results, of 32 bits or bytes. */
    void store(Pass pass, NeonEpilogueRegisters registers) {
        requireNoLoads(pass);
        requireWholeRows(pass);
        final NeonResults stored =
                (row, v) -> registers.of(pass.row().get(v).reads().getFirst(), row);
        if (storesBytes(pass)) {
            storeBytes(stored);
        } else {
            eachRow("store", STR, ST1, stored);
        }
    }

    /** Refuses a pass that loads something beforehand, which only those that compute do. */
    static void requireNoLoads(Pass pass) {
        if (!pass.once().isEmpty()) {
            throw new IllegalArgumentException("once: " + pass.once() + ", in a pass that does not compute");
        }
    }

    private void requireWholeRows(Pass pass) {
        final List<Integer> stored =
                pass.row().stream().map(op -> op.reads().getFirst().vector()).toList();
        if (!stored.equals(IntStream.range(0, program.vectors()).boxed().toList())) {
            throw new IllegalArgumentException("row: " + pass.row() + "; a pass that stores has each of "
                    + program.vectors() + " vectors, in order");
        }
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

    /** Whole vectors always: the caller has room for those of the last panel. */
    private void storeBytes(NeonResults stored) {
        asm.emit(MOV, SCRATCH, TILE_DST);
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                final V sum = stored.at(row, v);
                asm.emit(SQXTN, sum.as(Arrangement.H4), sum);
                asm.emit(SQXTN, sum.as(Arrangement.B8), sum.as(Arrangement.H8));
                asm.emit(STR, Scalar.s(sum.index()), Mem.at(SCRATCH, v * (long) ELEMENTS));
            }
            nextRow(row);
        }
    }

    /** Moves each row between its registers and the result: whole vectors, or of the last panel just its columns. */
    void eachRow(
            String what,
            dev.tilesmith.processor.asm.aarch64.Op whole,
            dev.tilesmith.processor.asm.aarch64.Op element,
            NeonResults results) {
        asm.emit(MOV, SCRATCH, TILE_DST);
        asm.emit(CMP, COLUMNS, new Imm(program.nr()));
        asm.emit(B_NE, label(what + "_part"));
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(whole, Scalar.q(results.at(row, v).index()), Mem.at(SCRATCH, v * (long) VECTOR_BYTES));
            }
            nextRow(row);
        }
        asm.emit(B, label(what + "_done"));
        asm.bind(label(what + "_part"));
        for (int row = 0; row < program.mr(); row++) {
            part(label(what + "_row" + row), row, element, results);
            nextRow(row);
        }
        asm.bind(label(what + "_done"));
    }

    /** Moves the pointer of the result from a row to the one after it, if there is one. */
    private void nextRow(int row) {
        if (row + 1 < program.mr()) {
            asm.emit(ADD, SCRATCH, SCRATCH, DST_STRIDE);
        }
    }

    /** Value by value until there are no more columns. */
    private void part(Label done, int row, dev.tilesmith.processor.asm.aarch64.Op op, NeonResults results) {
        asm.emit(MOV, INDEX, SCRATCH);
        for (int column = 0; column + 1 < program.nr(); column++) {
            final V values = results.at(row, column / ELEMENTS).as(Arrangement.S);
            asm.emit(op, RegisterList.list(values, 1).lane(column % ELEMENTS), Mem.after(INDEX, Float.BYTES));
            asm.emit(CMP, COLUMNS, new Imm(column + 1));
            asm.emit(B_LE, done);
        }
        asm.bind(done);
    }

    /** Moves the pointers of the tile's rows, and of its results, to the next tile's. */
    private void advance() {
        rows.nextTile();
        if (rows.groups() != program.mr()) {
            asm.emit(MOV, SCRATCH, new Imm(program.mr()));
        }
        asm.emit(MADD, TILE_DST, SCRATCH, DST_STRIDE, TILE_DST);
    }

    void eachResult(ResultAction action) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                action.at(row, v);
            }
        }
    }
}
