package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.ADDS;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.BFMMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.B_EQ;
import static dev.tilesmith.processor.asm.aarch64.Op.B_GE;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTL;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1R;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.SDOT;
import static dev.tilesmith.processor.asm.aarch64.Op.SHLL;
import static dev.tilesmith.processor.asm.aarch64.Op.SMMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.asm.aarch64.Op.TBNZ;
import static dev.tilesmith.processor.asm.aarch64.Op.TBZ;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.FLAGS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.METADATA;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANEL;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.RHS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.STEPS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;

/**
 * The code of one tile in Advanced SIMD. What is broadcast in the program is an element of a vector here: a vector of
 * the left operand has the values of one row for four steps, which are taken together.
 *
 * <p>Accumulators come first among the registers, then a vector of each row; the rest take turns at the right operand,
 * each vector of which is used for all rows at once.
 */
final class NeonTileCode {
    private static final int VECTOR_BYTES = 16;
    private static final int ELEMENTS = 4;

    /** Bits of the flags. */
    private static final int RESUME = Integer.numberOfTrailingZeros(NativeArguments.RESUME);

    private static final int FINISH = Integer.numberOfTrailingZeros(NativeArguments.FINISH);

    private final Assembler asm;
    private final Program program;
    private final String name;
    private final boolean blocks;
    private final int sums;
    private final int firstFree;
    private final NeonRows rows;
    private final NeonTileEnd end;

    NeonTileCode(Assembler asm, NeonLhs lhs, Program program) {
        this.asm = asm;
        this.program = program;
        this.name = entry(program).name();
        this.blocks = isOfBlocks(program.contraction().product());
        this.sums = blocks ? (program.mr() + 1) / 2 * program.nr() / 2 : program.mr() * program.vectors();
        this.rows = lhs.rows(program, blocks ? 2 : 1);
        this.firstFree = sums + rows.groups();
        this.end = new NeonTileEnd(asm, program, name, rows, this::scratch);
        NeonRegisters.requireRoom(program, firstFree + 1, rows.groups());
    }

    /** Whether two rows and two columns are multiplied at once, of which a register has the sums. */
    private static boolean isOfBlocks(Product product) {
        return switch (product) {
            case BLOCK_DOT, BF16_BLOCK_DOT -> true;
            case FMA,
                    FMA_BY_COLUMN,
                    EXACT_FMA,
                    EXACT_FMA_BY_COLUMN,
                    BF16_DOT_BY_PARITY,
                    BF16_DOT_OF_PAIRS,
                    DOT_OF_PAIRS,
                    DOT_OF_FOUR,
                    DOT_OF_FOUR_BY_COLUMN,
                    DOT_OF_FOUR_BY_PAIRS,
                    SIGNED_DOT_OF_FOUR,
                    OUTER_FMA,
                    OUTER_BF16_DOT,
                    OUTER_DOT -> false;
        };
    }

    /** Where a tile's code begins. */
    static Label entry(Program program) {
        return new Label("tile" + program.mr() + "x" + program.nr());
    }

    private Label label(String place) {
        return new Label(name + "_" + place);
    }

    void emit(Label done) {
        asm.bind(entry(program));
        begin();
        loops();
        asm.bind(label("finish"));
        join();
        finish();
        end.leave(done);
    }

    private void begin() {
        switch (program.contraction().beginning()) {
            case ZERO -> clear();
            case BIAS -> fromBiases();
            case RESULT -> resume();
            case ROW -> throw new IllegalArgumentException("rows have no beginning: " + program.contraction());
        }
        rows.begin();
        asm.emit(MOV, PANEL, RHS);
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.STEPS));
    }

    private void clear() {
        for (int sum = 0; sum < sums; sum++) {
            asm.emit(MOVI, V.s4(sum), new Imm(0));
        }
    }

    /** The biases of two columns, for each row of a pair; a tile of pairs of rows alone has such sums. */
    private void fromBiases() {
        asm.emit(ADD, SCRATCH, METADATA, new Imm(PanelColumns.of(program).biases()));
        for (int columns = 0; columns < program.nr() / 2; columns++) {
            final V biases = new V(pair(0, columns).index(), Arrangement.D2);
            asm.emit(LD1R, RegisterList.list(biases, 1), Mem.after(SCRATCH, Long.BYTES));
            for (int row = 2; row < program.mr(); row += 2) {
                asm.emit(MOV, V.b16(pair(row, columns).index()), V.b16(biases.index()));
            }
        }
    }

    /** Zero, or what the result holds from an earlier block of K. */
    private void resume() {
        asm.emit(TBNZ, FLAGS, new Imm(RESUME), label("resume"));
        clear();
        asm.emit(B, label("steps"));
        asm.bind(label("resume"));
        end.eachRow("resume", LDR, LD1, this::sum);
        asm.bind(label("steps"));
    }

    /** Several steps at once, and the rest one by one. */
    private void loops() {
        final int atOnce = blocks ? 2 : ELEMENTS;
        asm.emit(SUBS, STEPS, STEPS, new Imm(atOnce));
        asm.emit(B_LT, label("rest"));
        asm.align(32);
        asm.bind(label("loop"));
        steps(atOnce);
        asm.emit(SUBS, STEPS, STEPS, new Imm(atOnce));
        asm.emit(B_GE, label("loop"));
        asm.bind(label("rest"));
        asm.emit(ADDS, STEPS, STEPS, new Imm(atOnce));
        asm.emit(B_EQ, label("finish"));
        asm.bind(label("step"));
        steps(1);
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, label("step"));
    }

    private void steps(int count) {
        final Steps steps = new Steps();
        if (blocks) {
            for (int step = 0; step < count; step++) {
                for (int group = 0; group < rows.groups(); group++) {
                    rows.load(Scalar.q(lhs(group)), group);
                }
                rows.advance(VECTOR_BYTES);
                steps.multiply(0);
            }
        } else {
            for (int group = 0; group < rows.groups(); group++) {
                rows.load(count == ELEMENTS ? Scalar.q(lhs(group)) : Scalar.s(lhs(group)), group);
            }
            rows.advance(count * Integer.BYTES);
            for (int step = 0; step < count; step++) {
                steps.multiply(step);
            }
        }
        asm.emit(ADD, PANEL, PANEL, new Imm(steps.bytes));
    }

    /** Steps that are taken together: where their values of the panel are, and whose turn it is among the registers. */
    private final class Steps {
        private int bytes;
        private int turn;

        /** All products of a step, a vector of the right operand after the other. */
        void multiply(int element) {
            for (int of = 0; of < (blocks ? program.nr() / 2 : program.vectors()); of++) {
                final int rhs = free(turn++);
                load(rhs);
                for (int group = 0; group < rows.groups(); group++) {
                    multiply(group, of, rhs, element);
                }
            }
        }

        /** Loads a vector of the right operand: as it lies, or floats of 16 bits, of which half a vector becomes a whole one. */
        private void load(int rhs) {
            if (program.contraction().rhs().widens()) {
                asm.emit(LDR, Scalar.d(rhs), Mem.at(PANEL, bytes));
                bytes += VECTOR_BYTES / 2;
                widen(V.s4(rhs));
            } else {
                asm.emit(LDR, Scalar.q(rhs), Mem.at(PANEL, bytes));
                bytes += VECTOR_BYTES;
            }
        }

        private void widen(V vector) {
            switch (program.contraction().rhs().stored()) {
                case F16 -> asm.emit(FCVTL, vector, vector.as(Arrangement.H4));
                case BF16 -> asm.emit(SHLL, vector, vector.as(Arrangement.H4), new Imm(Short.SIZE));
                case F32, INT8, NIBBLES, TWO_BITS ->
                    throw new IllegalStateException("no floats of 16 bits: " + program.contraction());
            }
        }

        private void multiply(int group, int of, int rhs, int element) {
            final int lhs = lhs(group);
            switch (program.contraction().product()) {
                case FMA ->
                    asm.emit(
                            FMLA,
                            V.s4(group * program.vectors() + of),
                            V.s4(rhs),
                            new V(lhs, Arrangement.S).lane(element));
                case SIGNED_DOT_OF_FOUR ->
                    asm.emit(
                            SDOT,
                            V.s4(group * program.vectors() + of),
                            V.b16(rhs),
                            new V(lhs, Arrangement.B4).lane(element));
                case BLOCK_DOT -> asm.emit(SMMLA, V.s4(group * program.nr() / 2 + of), V.b16(lhs), V.b16(rhs));
                case BF16_BLOCK_DOT ->
                    asm.emit(
                            BFMMLA,
                            V.s4(group * program.nr() / 2 + of),
                            new V(lhs, Arrangement.H8),
                            new V(rhs, Arrangement.H8));
                case FMA_BY_COLUMN,
                        EXACT_FMA,
                        EXACT_FMA_BY_COLUMN,
                        BF16_DOT_BY_PARITY,
                        BF16_DOT_OF_PAIRS,
                        DOT_OF_PAIRS,
                        DOT_OF_FOUR,
                        DOT_OF_FOUR_BY_COLUMN,
                        DOT_OF_FOUR_BY_PAIRS,
                        OUTER_FMA,
                        OUTER_BF16_DOT,
                        OUTER_DOT ->
                    throw new IllegalArgumentException("no code of Advanced SIMD for " + program.contraction());
            }
        }
    }

    private int lhs(int group) {
        return sums + group;
    }

    private int free(int turn) {
        return firstFree + turn % (NeonRegisters.VECTORS - firstFree);
    }

    /** A register that nothing is kept in once the last step is done. */
    private V scratch(int index) {
        return NeonRegisters.scratch(sums + index);
    }

    /** Sums of two rows are parted, in the registers that have them. */
    private void join() {
        for (int row = 0; blocks && row < program.mr(); row += 2) {
            for (int v = 0; v < program.vectors(); v++) {
                end.part(pair(row, 2 * v), pair(row, 2 * v + 1));
            }
        }
    }

    /** The sums of two rows and a pair of columns. */
    private V pair(int row, int columns) {
        return V.s4(row / 2 * program.nr() / 2 + columns);
    }

    /** Where the sums of a row are at last: of two rows, the second's are where those of the last two columns were. */
    private V sum(int row, int v) {
        return blocks ? pair(row, 2 * v + row % 2) : V.s4(row * program.vectors() + v);
    }

    private void finish() {
        if (program.contraction().resumes()) {
            asm.emit(TBZ, FLAGS, new Imm(FINISH), NeonEpilogueCode.store(name));
        }
        final NeonEpilogueRegisters registers = new NeonEpilogueRegisters(program, rows, this::sum, this::scratch);
        new NeonEpilogueCode(asm, program, name, rows, registers, end, (_, _) -> {}).emit();
    }
}
