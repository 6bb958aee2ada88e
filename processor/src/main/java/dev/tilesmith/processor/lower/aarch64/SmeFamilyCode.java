package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_EQ;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LE;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.CNTW;
import static dev.tilesmith.processor.asm.aarch64.Op.CSEL;
import static dev.tilesmith.processor.asm.aarch64.Op.LDP;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.MADD;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.PTRUE;
import static dev.tilesmith.processor.asm.aarch64.Op.RET;
import static dev.tilesmith.processor.asm.aarch64.Op.SMSTART;
import static dev.tilesmith.processor.asm.aarch64.Op.SMSTOP;
import static dev.tilesmith.processor.asm.aarch64.Op.STP;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.DST;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.DST_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.FLAGS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.GROUP;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.HEIGHTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LANES;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS_STEP;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.METADATA;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.PANELS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROW;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROWS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.TILE_DST;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Condition;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.program.Program;
import java.util.Comparator;
import java.util.List;

/**
 * The function of one family of outer products, {@code f(arguments, lhs, rhs, dst)} by the AAPCS64: over the panels of the
 * right operand, for each over the tiles of rows, and for each over as many rows and columns as ZA has room for. That
 * depends on the length of a streaming vector, which may be any.
 *
 * <p>The function's interface is non-streaming, with ZA private: it begins and ends streaming mode, saves ZA where a
 * caller has left something in it, and leaves it off.
 */
public final class SmeFamilyCode {
    /** The caller's: x19 to x28, and the lower halves of v8 to v15, which streaming mode does not keep. */
    private static final int GENERAL_PAIRS = 5;

    private static final int VECTOR_PAIRS = 4;
    private static final int FIRST_GENERAL = 19;
    private static final int FIRST_VECTOR = 8;
    private static final int PAIR_BYTES = 16;
    private static final int FRAME_BYTES = (GENERAL_PAIRS + VECTOR_PAIRS) * PAIR_BYTES;

    private static final Label PANEL = new Label("panel");
    private static final Label TILE = new Label("tile");
    private static final Label ROWS_LEFT = new Label("rows");
    private static final Label TILE_DONE = new Label("tile_done");
    private static final Label PANEL_DONE = new Label("panel_done");

    private final Assembler asm = new Assembler();
    private final SmeIsa isa;
    private final int nr;
    private final List<Program> outer;
    private final List<Program> rows;
    private final SmeLhs lhs;
    private final SmeColumns columns;

    private SmeFamilyCode(SmeIsa isa, int nr, List<Program> programs) {
        this.isa = isa;
        this.nr = nr;
        this.outer = programs.stream()
                .filter(program -> program.contraction().product().isOuter())
                .sorted(Comparator.comparingInt(
                                (Program program) -> program.shape().rowVectors())
                        .reversed())
                .toList();
        if (outer.isEmpty()) {
            throw new IllegalArgumentException("programs: none of them has outer products");
        }
        SmeContraction.requireImplemented(programs);
        this.rows = programs.stream()
                .filter(program -> !program.contraction().product().isOuter())
                .toList();
        this.lhs = switch (programs.getFirst().contraction().product().sums()) {
            case F32 -> new SmeDenseLhs(asm);
            case I32 -> new SmePackedLhs(asm);
        };
        this.columns = SmeColumns.of(asm, isa, outer.getFirst());
    }

    /**
     * Assembles the function.
     *
     * @param isa the instructions there are
     * @param nr columns of a panel
     * @param programs outer products of two vectors of rows and of one, or of one alone, and for SME2 the product of one
     *     row. Of their lanes nothing is taken
     */
    public static MachineCode assemble(SmeIsa isa, int nr, List<Program> programs) {
        final SmeFamilyCode code = new SmeFamilyCode(isa, nr, programs);
        code.emit();
        return code.asm.assemble();
    }

    private void emit() {
        saveRegisters();
        LazySave.emit(asm);
        begin();
        lhs.pack();
        asm.bind(PANEL);
        beginPanel();
        asm.bind(TILE);
        beginTile();
        asm.bind(ROWS_LEFT);
        choose();
        outer.forEach(program -> new SmeTileCode(asm, isa, program, nr).emit(ROWS_LEFT));
        rows.forEach(program -> new SmeRowCode(asm, program, nr).emit(ROWS_LEFT));
        asm.bind(TILE_DONE);
        endTile();
        asm.bind(PANEL_DONE);
        endPanel();
        asm.emit(SMSTOP);
        restoreRegisters();
        asm.emit(RET);
    }

    private void saveRegisters() {
        for (int i = 0; i < GENERAL_PAIRS; i++) {
            final Mem at = i == 0 ? Mem.before(Gpr.SP, -FRAME_BYTES) : Mem.at(Gpr.SP, (long) i * PAIR_BYTES);
            asm.emit(STP, Gpr.x(FIRST_GENERAL + 2 * i), Gpr.x(FIRST_GENERAL + 2 * i + 1), at);
        }
        for (int i = 0; i < VECTOR_PAIRS; i++) {
            asm.emit(STP, Scalar.d(FIRST_VECTOR + 2 * i), Scalar.d(FIRST_VECTOR + 2 * i + 1), vectorPair(i));
        }
    }

    private void restoreRegisters() {
        for (int i = 0; i < VECTOR_PAIRS; i++) {
            asm.emit(LDP, Scalar.d(FIRST_VECTOR + 2 * i), Scalar.d(FIRST_VECTOR + 2 * i + 1), vectorPair(i));
        }
        for (int i = GENERAL_PAIRS - 1; i >= 0; i--) {
            final Mem at = i == 0 ? Mem.after(Gpr.SP, FRAME_BYTES) : Mem.at(Gpr.SP, (long) i * PAIR_BYTES);
            asm.emit(LDP, Gpr.x(FIRST_GENERAL + 2 * i), Gpr.x(FIRST_GENERAL + 2 * i + 1), at);
        }
    }

    private static Mem vectorPair(int index) {
        return Mem.at(Gpr.SP, (long) (GENERAL_PAIRS + index) * PAIR_BYTES);
    }

    private void begin() {
        addArgument(METADATA, RHS, NativeArguments.METADATA_OFFSET);
        lhs.enter();
        addArgument(RHS, RHS, NativeArguments.RHS_OFFSET);
        addArgument(DST, DST, NativeArguments.DST_OFFSET);
        asm.emit(LDR, PANELS, Mem.at(ARGUMENTS, NativeArguments.PANELS));
        asm.emit(LDR, DST_STRIDE, Mem.at(ARGUMENTS, NativeArguments.DST_STRIDE));
        asm.emit(LDR, FLAGS, Mem.at(ARGUMENTS, NativeArguments.FLAGS));
        asm.emit(MOV, GROUP, new Imm(0));
        asm.emit(SMSTART);
        asm.emit(CNTW, LANES);
        asm.emit(PTRUE, ALL.of(ElementSize.B));
        columns.begin();
    }

    private void addArgument(Gpr to, Gpr from, int offset) {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, offset));
        asm.emit(ADD, to, from, SCRATCH);
    }

    private void beginPanel() {
        lhs.beginPanel();
        asm.emit(MOV, TILE_DST, DST);
        asm.emit(ADD, HEIGHTS, ARGUMENTS, new Imm(NativeArguments.HEIGHTS));
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.LAST_COLUMNS));
        asm.emit(MOV, COLUMNS, new Imm(nr));
        asm.emit(CMP, PANELS, new Imm(1));
        asm.emit(CSEL, COLUMNS, SCRATCH, COLUMNS, Condition.EQ);
        columns.beginPanel(nr);
    }

    private void beginTile() {
        asm.emit(LDR, ROWS.w(), Mem.after(HEIGHTS, Integer.BYTES));
        asm.emit(CBZ, ROWS, PANEL_DONE);
        lhs.beginTile();
        asm.emit(LSL, LHS_STEP, ROWS, new Imm(2));
        asm.emit(MOV, ROW, new Imm(0));
    }

    /** Two vectors of rows as long as there are more than one; then one vector, or the one row. */
    private void choose() {
        asm.emit(SUBS, SCRATCH, ROWS, ROW);
        asm.emit(B_LE, TILE_DONE);
        for (final Program row : rows) {
            asm.emit(CMP, ROWS, new Imm(row.mr()));
            asm.emit(B_EQ, SmeRowCode.entry(row));
        }
        asm.emit(CMP, SCRATCH, LANES);
        asm.emit(B_LE, SmeTileCode.entry(outer.getLast()));
    }

    private void endTile() {
        lhs.nextTile();
        asm.emit(MADD, TILE_DST, ROWS, DST_STRIDE, TILE_DST);
        asm.emit(B, TILE);
    }

    private void endPanel() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.RHS_STRIDE));
        asm.emit(ADD, RHS, RHS, SCRATCH);
        asm.emit(ADD, METADATA, METADATA, SCRATCH);
        asm.emit(ADD, DST, DST, new Imm(nr * (long) outer.getFirst().epilogue().dstBytes()));
        asm.emit(SUBS, PANELS, PANELS, new Imm(1));
        asm.emit(B_NE, PANEL);
    }
}
