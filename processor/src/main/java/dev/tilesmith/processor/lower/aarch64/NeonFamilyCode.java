package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_EQ;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.CSEL;
import static dev.tilesmith.processor.asm.aarch64.Op.LDP;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.RET;
import static dev.tilesmith.processor.asm.aarch64.Op.STP;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.asm.aarch64.Op.TBNZ;
import static dev.tilesmith.processor.asm.aarch64.Op.TBZ;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.DST;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.DST_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.FLAGS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.HEIGHTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.METADATA;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANELS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.RHS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.RHS_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.TILE_DST;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Condition;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Register;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The function of one family of Advanced SIMD tiles, {@code f(arguments, lhs, rhs, dst)} by the AAPCS64: over the panels
 * of the right operand, and for each over the tiles of the rows.
 */
public final class NeonFamilyCode {
    /** Registers of the caller's that the function uses, in pairs: x19 to x26, and the lower halves of v8 to v15. */
    private static final int SAVED_PAIRS = 4;

    private static final int FIRST_SAVED_GENERAL = 19;
    private static final int FIRST_SAVED_VECTOR = 8;
    private static final int PAIR_BYTES = 16;
    private static final int FRAME_BYTES = 2 * SAVED_PAIRS * PAIR_BYTES;

    private static final int DECODE = Integer.numberOfTrailingZeros(NativeArguments.DECODE);

    private static final Label PANEL = new Label("panel");
    private static final Label TILE = new Label("tile");
    private static final Label DECODED_TILE = new Label("decoded_tile");
    private static final Label PANEL_DONE = new Label("panel_done");

    private final Assembler asm = new Assembler();
    private final NeonLhs lhs = new NeonDenseLhs(asm);
    private final List<Program> programs;
    private final int nr;

    /** Whether there are tiles for panels that were decoded, too. */
    private final boolean decodes;

    private NeonFamilyCode(List<Program> programs) {
        programs.forEach(program -> NeonContraction.requireImplemented(program.contraction()));
        this.programs = programs.stream()
                .sorted(Comparator.comparingInt(Program::mr).reversed())
                .toList();
        this.nr = programs.getFirst().nr();
        this.decodes = takesGroups(programs.getFirst())
                && programs.getFirst().contraction().product() == Product.BLOCK_DOT;
    }

    /**
     * Assembles the function.
     *
     * @param programs the family's tiles, all of the same columns
     */
    public static MachineCode assemble(List<Program> programs) {
        final NeonFamilyCode code = new NeonFamilyCode(programs);
        code.emit();
        return code.asm.assemble();
    }

    private void emit() {
        save();
        begin();
        asm.bind(PANEL);
        beginPanel();
        if (decodes) {
            asm.emit(TBZ, FLAGS, new Imm(DECODE), TILE);
            new NeonMatrixDecoding(asm, programs.getFirst()).emit();
        }
        asm.bind(TILE);
        chooseTile();
        emitTile(programs.getFirst());
        for (final Program program : programs.subList(1, programs.size())) {
            asm.nolist(); // It is like the first, which has the most rows.
            emitTile(program);
        }
        asm.list();
        asm.bind(PANEL_DONE);
        endPanel();
        restore();
        asm.emit(RET);
    }

    private void emitTile(Program program) {
        if (decodes) {
            new NeonMatrixBlockCode(asm, lhs, program, false).emit(TILE);
            new NeonMatrixBlockCode(asm, lhs, program, true).emit(TILE);
        } else if (takesGroups(program)) {
            new NeonBlockTileCode(asm, lhs, program).emit(TILE);
        } else {
            new NeonTileCode(asm, lhs, program).emit(TILE);
        }
    }

    /** Whether a tile takes K in groups of values, as weights of which a byte holds several have them, and those in blocks. */
    private static boolean takesGroups(Program program) {
        return switch (program.contraction().rhs().stored()) {
            case F32, F16, BF16 -> false;
            case INT8 -> program.contraction().hasTotals();
            case NIBBLES, TWO_BITS -> true;
        };
    }

    private void save() {
        for (int i = 0; i < SAVED_PAIRS; i++) {
            final Mem at = i == 0 ? Mem.before(Gpr.SP, -FRAME_BYTES) : Mem.at(Gpr.SP, 2L * i * PAIR_BYTES);
            asm.emit(STP, general(2 * i), general(2 * i + 1), at);
            asm.emit(STP, vector(2 * i), vector(2 * i + 1), Mem.at(Gpr.SP, (2L * i + 1) * PAIR_BYTES));
        }
    }

    private void restore() {
        for (int i = SAVED_PAIRS - 1; i >= 0; i--) {
            final Mem at = i == 0 ? Mem.after(Gpr.SP, FRAME_BYTES) : Mem.at(Gpr.SP, 2L * i * PAIR_BYTES);
            asm.emit(LDP, vector(2 * i), vector(2 * i + 1), Mem.at(Gpr.SP, (2L * i + 1) * PAIR_BYTES));
            asm.emit(LDP, general(2 * i), general(2 * i + 1), at);
        }
    }

    private static Register general(int index) {
        return Gpr.x(FIRST_SAVED_GENERAL + index);
    }

    private static Register vector(int index) {
        return Scalar.d(FIRST_SAVED_VECTOR + index);
    }

    private void begin() {
        addArgument(METADATA, RHS, NativeArguments.METADATA_OFFSET);
        lhs.enter();
        addArgument(RHS, RHS, NativeArguments.RHS_OFFSET);
        addArgument(DST, DST, NativeArguments.DST_OFFSET);
        asm.emit(LDR, PANELS, Mem.at(ARGUMENTS, NativeArguments.PANELS));
        lhs.begin();
        asm.emit(LDR, DST_STRIDE, Mem.at(ARGUMENTS, NativeArguments.DST_STRIDE));
        asm.emit(LDR, RHS_STRIDE, Mem.at(ARGUMENTS, NativeArguments.RHS_STRIDE));
        asm.emit(LDR, FLAGS, Mem.at(ARGUMENTS, NativeArguments.FLAGS));
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
    }

    private void chooseTile() {
        asm.emit(LDR, SCRATCH.w(), Mem.after(HEIGHTS, Integer.BYTES));
        if (decodes) {
            asm.emit(TBNZ, FLAGS, new Imm(DECODE), DECODED_TILE);
        }
        chooseTile(NeonTileCode::entry);
        if (decodes) {
            asm.bind(DECODED_TILE);
            chooseTile(program -> NeonMatrixBlockCode.entry(program, true));
        }
    }

    private void chooseTile(Function<Program, Label> entry) {
        for (final Program program : programs) {
            asm.emit(CMP, SCRATCH.w(), new Imm(program.mr()));
            asm.emit(B_EQ, entry.apply(program));
        }
        asm.emit(B, PANEL_DONE);
    }

    private void endPanel() {
        asm.emit(ADD, RHS, RHS, RHS_STRIDE);
        asm.emit(ADD, METADATA, METADATA, RHS_STRIDE);
        asm.emit(
                ADD,
                DST,
                DST,
                new Imm(nr * (long) programs.getFirst().epilogue().dstBytes()));
        asm.emit(SUBS, PANELS, PANELS, new Imm(1));
        asm.emit(B_NE, PANEL);
    }
}
