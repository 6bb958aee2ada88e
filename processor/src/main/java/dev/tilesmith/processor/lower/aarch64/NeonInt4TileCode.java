package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.AND;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1R;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.SCVTF;
import static dev.tilesmith.processor.asm.aarch64.Op.SDOT;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.asm.aarch64.Op.USHR;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.INDEX;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANEL;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.RHS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.STEPS;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.runtime.NativeArguments;
import dev.tilesmith.runtime.PanelLayout;

/**
 * The code of one tile of weights of four bits in Advanced SIMD, by dot products with an element. It is entered and left
 * as {@link NeonTileCode} is, and takes all of K in blocks, {@value PanelLayout#INT4_GROUP} values at a time: a vector of
 * a row has the values of two steps.
 *
 * <p>Sums come first among the registers, then a vector of each row, then the mask of the low bits; the rest take turns at
 * the weights. Totals are in the argument block.
 */
final class NeonInt4TileCode {
    private static final int VECTOR_REGISTERS = 32;
    private static final int VECTOR_BYTES = 16;
    private static final int ELEMENTS = 4;
    private static final int NIBBLE = 15;
    private static final int NIBBLE_BITS = 4;

    /** int64 of the argument block's state: blocks still to do, the one at hand among them. */
    private static final int BLOCKS_LEFT = NativeArguments.STATE + 24;

    private final Assembler asm;
    private final Program program;
    private final String name;
    private final NeonRows rows;
    private final NeonTileEnd end;

    NeonInt4TileCode(Assembler asm, Program program) {
        this.asm = asm;
        this.program = program;
        this.name = NeonTileCode.entry(program).name();
        this.rows = new NeonRows(asm, program, 1);
        this.end = new NeonTileEnd(asm, program, name, rows, this::sum, this::scratch);
        if (mask() + 4 >= VECTOR_REGISTERS || program.mr() > NeonRegisters.MAX_ROWS) {
            throw new IllegalArgumentException("tile of " + program.mr() + " x " + program.nr() + " needs more than "
                    + VECTOR_REGISTERS + " vector registers or " + NeonRegisters.MAX_ROWS + " pointers");
        }
    }

    private Label label(String place) {
        return new Label(name + "_" + place);
    }

    private int sumIndex(int row, int v) {
        return row * program.vectors() + v;
    }

    private V sum(int row, int v) {
        return V.s4(sumIndex(row, v));
    }

    private int lhs(int row) {
        return program.mr() * program.vectors() + row;
    }

    private int mask() {
        return program.mr() * (program.vectors() + 1);
    }

    /** A register for weights: as many as are left take turns. */
    private int weights(int turn) {
        final int first = mask() + 1;
        return first + turn % (VECTOR_REGISTERS - first);
    }

    /** A register that nothing is kept in while no step is done: those of the rows, the mask and the weights. */
    private V scratch(int index) {
        return V.s4(VECTOR_REGISTERS - 1 - index);
    }

    private Mem total(int row, int v) {
        return Mem.at(ARGUMENTS, NativeArguments.TOTALS + sumIndex(row, v) * (long) VECTOR_BYTES);
    }

    void emit(Label done) {
        asm.bind(NeonTileCode.entry(program));
        begin();
        blocks();
        asm.bind(label("finish"));
        if (program.hasTotals()) {
            end.scaleTotals((row, v) -> asm.emit(LDR, Scalar.q(sumIndex(row, v)), total(row, v)));
        } else {
            end.scaleSums();
        }
        end.clamp();
        asm.bind(label("store"));
        end.store();
        end.advance();
        asm.emit(B, done);
    }

    private void begin() {
        if (program.hasTotals()) {
            asm.emit(MOVI, scratch(0), new Imm(0));
            end.eachResult((row, v) -> asm.emit(STR, Scalar.q(scratch(0).index()), total(row, v)));
        }
        rows.begin();
        asm.emit(MOV, PANEL, RHS);
    }

    private void blocks() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CBZ, SCRATCH, label("finish"));
        asm.bind(label("block"));
        asm.emit(STR, SCRATCH, Mem.at(ARGUMENTS, BLOCKS_LEFT));
        beginBlock();
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.STEPS));
        asm.emit(CBZ, STEPS, label("block_end"));
        asm.align(32);
        asm.bind(label("group"));
        group();
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, label("group"));
        asm.bind(label("block_end"));
        if (program.hasTotals()) {
            addToTotals();
        }
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, BLOCKS_LEFT));
        asm.emit(SUBS, SCRATCH, SCRATCH, new Imm(1));
        asm.emit(B_NE, label("block"));
    }

    private void beginBlock() {
        for (int row = 0; row < program.mr(); row++) {
            asm.emit(ADD, SCRATCH, NeonRegisters.row(row), INDEX);
            asm.emit(LD1R, RegisterList.list(sum(row, 0), 1), Mem.at(SCRATCH));
            for (int v = 1; v < program.vectors(); v++) {
                asm.emit(MOV, sum(row, v).as(Arrangement.B16), sum(row, 0).as(Arrangement.B16));
            }
        }
        rows.advance(Integer.BYTES);
        asm.emit(MOVI, V.b16(mask()), new Imm(NIBBLE));
    }

    private void group() {
        int bytes = 0;
        int turn = 0;
        for (int part = 0; part < PanelLayout.INT4_GROUP; part += VECTOR_BYTES) {
            for (int row = 0; row < program.mr(); row++) {
                rows.load(Scalar.q(lhs(row)), row);
            }
            rows.advance(VECTOR_BYTES);
            for (int element = 0; element < ELEMENTS; element += 2) {
                for (int v = 0; v < program.vectors(); v++) {
                    final V low = V.b16(weights(turn++));
                    final V high = V.b16(weights(turn++));
                    asm.emit(LDR, Scalar.q(low.index()), Mem.at(PANEL, bytes));
                    bytes += VECTOR_BYTES;
                    asm.emit(USHR, high, low, new Imm(NIBBLE_BITS));
                    asm.emit(AND, low, low, V.b16(mask()));
                    multiply(v, low, element);
                    multiply(v, high, element + 1);
                }
            }
        }
        asm.emit(ADD, PANEL, PANEL, new Imm(bytes));
    }

    private void multiply(int v, V weights, int element) {
        for (int row = 0; row < program.mr(); row++) {
            asm.emit(SDOT, sum(row, v), weights, new V(lhs(row), Arrangement.B4).lane(element));
        }
    }

    /** {@code total = fma(float(sum), scale, total)}. */
    private void addToTotals() {
        final boolean bf16 = program.end().stream().anyMatch(Op.LoadBf16.class::isInstance);
        final V scale = scratch(0);
        final V zero = scratch(1);
        final V total = scratch(2);
        if (bf16) {
            asm.emit(MOVI, zero, new Imm(0));
        }
        for (int v = 0; v < program.vectors(); v++) {
            if (bf16) {
                asm.emit(LDR, Scalar.d(scale.index()), Mem.at(PANEL, v * (long) VECTOR_BYTES / 2));
                asm.emit(ZIP1, scale.as(Arrangement.H8), zero.as(Arrangement.H8), scale.as(Arrangement.H8));
            } else {
                asm.emit(LDR, Scalar.q(scale.index()), Mem.at(PANEL, v * (long) VECTOR_BYTES));
            }
            for (int row = 0; row < program.mr(); row++) {
                asm.emit(LDR, Scalar.q(total.index()), total(row, v));
                asm.emit(SCVTF, sum(row, v), sum(row, v));
                asm.emit(FMLA, total, sum(row, v), scale);
                asm.emit(STR, Scalar.q(total.index()), total(row, v));
            }
        }
        asm.emit(ADD, PANEL, PANEL, new Imm(program.nr() * (long) (bf16 ? Short.BYTES : Float.BYTES)));
    }
}
