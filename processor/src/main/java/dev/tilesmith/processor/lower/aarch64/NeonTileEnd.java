package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LE;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.FADD;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTNS;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.FMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1R;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MADD;
import static dev.tilesmith.processor.asm.aarch64.Op.MLS;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.NEG;
import static dev.tilesmith.processor.asm.aarch64.Op.SCVTF;
import static dev.tilesmith.processor.asm.aarch64.Op.SMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.SMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.SQADD;
import static dev.tilesmith.processor.asm.aarch64.Op.SQXTN;
import static dev.tilesmith.processor.asm.aarch64.Op.ST1;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.TBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP2;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.DST_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.FLAGS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.INDEX;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.LHS_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.METADATA;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.TILE_DST;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.TILE_LHS;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Element;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.runtime.NativeArguments;
import java.util.function.IntFunction;

/** The end of a tile in Advanced SIMD: what becomes of sums or totals, bounds, and rows of the result. */
final class NeonTileEnd {
    private static final int VECTOR_BYTES = 16;
    private static final int ELEMENTS = 4;
    private static final int CLAMP = Integer.numberOfTrailingZeros(NativeArguments.CLAMP);

    private final Assembler asm;
    private final Program program;
    private final String name;
    private final NeonRows rows;
    private final Results results;
    private final IntFunction<V> scratch;

    /** Where the results are, lanes of 32 bits. */
    interface Results {
        V at(int row, int vector);
    }

    /** What is done with one result. */
    interface ResultAction {
        void at(int row, int vector);
    }

    /**
     * The end of a tile.
     *
     * @param name what its labels begin with
     * @param rows its left operand
     * @param results where its results are
     * @param scratch five registers that hold no result
     */
    NeonTileEnd(Assembler asm, Program program, String name, NeonRows rows, Results results, IntFunction<V> scratch) {
        this.asm = asm;
        this.program = program;
        this.name = name;
        this.rows = rows;
        this.results = results;
        this.scratch = scratch;
    }

    private Label label(String place) {
        return new Label(name + "_" + place);
    }

    /** Whether the program ends with an operation of a kind. */
    boolean has(Class<? extends Op> kind) {
        return program.epilogue().ops().stream().anyMatch(kind::isInstance);
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

    /** Loads a vector of one kind of the panel's metadata. */
    void loadMetadata(V to, int kind, int vector) {
        asm.emit(
                LDR,
                Scalar.q(to.index()),
                Mem.at(METADATA, (long) kind * program.nr() * Integer.BYTES + (long) vector * VECTOR_BYTES));
    }

    /**
     * {@code float(sum - zeroPoint * Σ w) * (scale * inverseScale) + bias}. The index has arrived where a row, or a pair
     * of rows, has its zero point and the inverse of its scale, those of the first row first.
     */
    private void scaleSums() {
        final V weights = scratch.apply(0);
        final V scales = scratch.apply(1);
        final V bias = scratch.apply(2);
        final V ofRow = scratch.apply(3);
        final V scale = scratch.apply(4);
        for (int v = 0; v < program.vectors(); v++) {
            loadMetadata(weights, 0, v);
            loadMetadata(scales, 1, v);
            if (has(Op.Add.class)) {
                loadMetadata(bias, 2, v);
            }
            for (int row = 0; row < program.mr(); row++) {
                final V sum = results.at(row, v);
                loadOfRow(ofRow, row);
                asm.emit(MLS, sum, weights, zeroPoint(ofRow, row));
                asm.emit(SCVTF, sum, sum);
                asm.emit(FMUL, scale, scales, inverseScale(ofRow, row));
                asm.emit(FMUL, sum, sum, scale);
                if (has(Op.Add.class)) {
                    asm.emit(FADD, sum, sum, bias);
                }
            }
        }
    }

    /** Zero points and inverse scales of a group, with its first row. */
    private void loadOfRow(V to, int row) {
        if (rows.inGroup(row) == 0) {
            rows.load(rows.together() == 1 ? Scalar.d(to.index()) : Scalar.q(to.index()), rows.group(row));
        }
    }

    private Element zeroPoint(V ofRow, int row) {
        return ofRow.as(Arrangement.S).lane(2 * rows.inGroup(row));
    }

    private Element inverseScale(V ofRow, int row) {
        return ofRow.as(Arrangement.S).lane(2 * rows.inGroup(row) + 1);
    }

    /**
     * The sums with what those of a column begin with; where they are requantized {@code round(float(sum) * multiplier) +
     * zeroPoint}, bounded. The conversion and the addition saturate at 32 bits, which no zero point brings back into int8.
     * The block has bounds within int8 whether or not the call asks for some, so that none is asked for.
     */
    private void finishExact() {
        final V beginning = scratch.apply(0);
        final V multiplier = scratch.apply(1);
        final V zeroPoint = scratch.apply(2);
        for (int v = 0; v < program.vectors(); v++) {
            loadMetadata(beginning, 0, v);
            if (storesBytes()) {
                loadMetadata(multiplier, 1, v);
                loadMetadata(zeroPoint, 2, v);
            }
            for (int row = 0; row < program.mr(); row++) {
                final V sum = results.at(row, v);
                asm.emit(ADD, sum, sum, beginning);
                if (storesBytes()) {
                    asm.emit(SCVTF, sum, sum);
                    asm.emit(FMUL, sum, sum, multiplier);
                    asm.emit(FCVTNS, sum, sum);
                    asm.emit(SQADD, sum, sum, zeroPoint);
                }
            }
        }
        if (storesBytes()) {
            bound(NativeArguments.CLAMP_MIN, SMAX);
            bound(NativeArguments.CLAMP_MAX, SMIN);
        }
    }

    private boolean storesBytes() {
        return has(Op.StoreBytes.class);
    }

    /** Makes results of sums that are complete, by what the rows have, or by what the columns have alone. */
    void finishSums() {
        if (has(Op.LoadOfRow.class)) {
            scaleSums();
        } else {
            finishExact();
        }
    }

    /** What brings a total to the register of its result. */
    interface TotalLoad {
        void at(int row, int vector);
    }

    /** {@code fma(Σ scale·w, float(-zeroPoint), total) * inverseScale + bias}; the index as for sums. */
    void scaleTotals(TotalLoad loadTotal) {
        final V weights = scratch.apply(0);
        final V bias = scratch.apply(1);
        final V ofRow = scratch.apply(2);
        final V factor = scratch.apply(3);
        for (int v = 0; v < program.vectors(); v++) {
            loadMetadata(weights, 0, v);
            if (has(Op.Add.class)) {
                loadMetadata(bias, 1, v);
            }
            for (int row = 0; row < program.mr(); row++) {
                final V total = results.at(row, v);
                loadOfRow(ofRow, row);
                loadTotal.at(row, v);
                if (rows.inGroup(row) == 0) {
                    asm.emit(NEG, factor, ofRow);
                    asm.emit(SCVTF, factor, factor);
                }
                asm.emit(FMLA, total, weights, zeroPoint(factor, row));
                asm.emit(FMUL, total, total, inverseScale(ofRow, row));
                if (has(Op.Add.class)) {
                    asm.emit(FADD, total, total, bias);
                }
            }
        }
    }

    /** {@code result + bias}, where there may be one, which is all of the panel's metadata. */
    void addBias() {
        if (!has(Op.Add.class)) {
            return;
        }
        final V bias = scratch.apply(0);
        for (int v = 0; v < program.vectors(); v++) {
            loadMetadata(bias, 0, v);
            for (int row = 0; row < program.mr(); row++) {
                asm.emit(FADD, results.at(row, v), results.at(row, v), bias);
            }
        }
    }

    /** Bounds results, stores them, and goes on to where the next tile is chosen. Results of part of K go right to the store. */
    void leave(Label next) {
        clamp();
        asm.bind(label("store"));
        store();
        advance();
        asm.emit(B, next);
    }

    /** Bounds floats, if the call asks for it. Java's max and min are Arm's. */
    private void clamp() {
        if (!has(Op.Clamp.class)) {
            return;
        }
        asm.emit(TBZ, FLAGS, new Imm(CLAMP), label("store"));
        bound(NativeArguments.CLAMP_MIN, FMAX);
        bound(NativeArguments.CLAMP_MAX, FMIN);
    }

    /** Bounds all results by an argument. */
    private void bound(int argument, dev.tilesmith.processor.asm.aarch64.Op op) {
        final V bound = scratch.apply(0);
        asm.emit(ADD, SCRATCH, ARGUMENTS, new Imm(argument));
        asm.emit(LD1R, RegisterList.list(bound, 1), Mem.at(SCRATCH));
        eachResult((row, v) -> asm.emit(op, results.at(row, v), results.at(row, v), bound));
    }

    /** Stores results, of 32 bits or bytes. */
    private void store() {
        if (storesBytes()) {
            storeBytes();
        } else {
            eachRow("store", STR, ST1);
        }
    }

    /** Whole vectors always: the caller has room for those of the last panel. */
    private void storeBytes() {
        asm.emit(MOV, SCRATCH, TILE_DST);
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                final V sum = results.at(row, v);
                asm.emit(SQXTN, sum.as(Arrangement.H4), sum);
                asm.emit(SQXTN, sum.as(Arrangement.B8), sum.as(Arrangement.H8));
                asm.emit(STR, Scalar.s(sum.index()), Mem.at(SCRATCH, v * (long) ELEMENTS));
            }
            nextRow(row);
        }
    }

    /** Moves each row between its registers and the result: whole vectors, or of the last panel just its columns. */
    void eachRow(
            String what, dev.tilesmith.processor.asm.aarch64.Op whole, dev.tilesmith.processor.asm.aarch64.Op element) {
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
            part(label(what + "_row" + row), row, element);
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
    private void part(Label done, int row, dev.tilesmith.processor.asm.aarch64.Op op) {
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
        asm.emit(MOV, SCRATCH, new Imm(rows.groups()));
        asm.emit(MADD, TILE_LHS, SCRATCH, LHS_STRIDE, TILE_LHS);
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
