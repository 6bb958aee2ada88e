package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R10;
import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.R12;
import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBP;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Gpr.RSI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.MachineCode;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.runtime.NativeArguments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The function of one f32 family, {@code f(arguments, lhs, rhs, dst)} by the System V convention: over the panels of the
 * right operand, and for each over the tiles of the rows.
 */
public final class FamilyCode {
    /** int64 of the argument block's state: where the panel's metadata are. */
    static final int METADATA = NativeArguments.STATE;

    /** int64: columns of the panel at hand that are stored. */
    static final int COLUMNS = NativeArguments.STATE + 8;

    /** int64: panels still to do, the one at hand among them. */
    private static final int PANELS_LEFT = NativeArguments.STATE + 16;

    /** The first of the mask registers that say which columns are stored. */
    static final int FIRST_COLUMN_MASK = 2;

    static final Mask SCRATCH_MASK = new Mask(1);

    /** Predicates of vcmpps. */
    static final int UNORDERED = 3;

    static final int ORDERED = 7;

    private static final List<Gpr> SAVED = List.of(RBX, RBP, R12, R13, R14, R15);

    private final Isa isa;
    private final Assembler asm;
    private final List<F32TileCode> tiles = new ArrayList<>();
    private final List<Program> programs;

    private FamilyCode(Isa isa, List<Program> programs) {
        this.isa = isa;
        this.asm = isa == Isa.AVX512 ? Assembler.evex() : Assembler.vex();
        this.programs = programs.stream()
                .sorted(Comparator.comparingInt(Program::mr).reversed())
                .toList();
    }

    /** Assembles the function for tiles of the same columns. */
    public static MachineCode assemble(Isa isa, List<Program> programs) {
        final FamilyCode code = new FamilyCode(isa, programs);
        code.emit();
        return code.asm.assemble();
    }

    /** The mask of a vector of columns, in the argument block. */
    static Mem maskOf(int vector) {
        return mem(RDI, NativeArguments.MASKS + vector * Isa.AVX2.bits() / 8);
    }

    private int nr() {
        return programs.getFirst().nr();
    }

    private void emit() {
        SAVED.forEach(register -> asm.emit("push", register));
        begin();
        asm.bind(new Label("panel"));
        beginPanel();
        asm.bind(new Label("tile"));
        chooseTile();
        final Label next = new Label("tile");
        for (final Program program : programs) {
            final F32TileCode tile = new F32TileCode(asm, isa, program);
            tiles.add(tile);
            tile.emit(next);
        }
        asm.bind(new Label("panel_done"));
        endPanel();
        asm.emit("vzeroupper");
        SAVED.reversed().forEach(register -> asm.emit("pop", register));
        asm.emit("ret");
    }

    private void begin() {
        asm.emit("mov", RAX, mem(RDI, NativeArguments.METADATA_OFFSET));
        asm.emit("add", RAX, RDX);
        asm.emit("mov", mem(RDI, METADATA), RAX);
        asm.emit("mov", RAX, mem(RDI, NativeArguments.PANELS));
        asm.emit("mov", mem(RDI, PANELS_LEFT), RAX);
        asm.emit("add", RSI, mem(RDI, NativeArguments.LHS_OFFSET));
        asm.emit("add", RDX, mem(RDI, NativeArguments.RHS_OFFSET));
        asm.emit("add", RCX, mem(RDI, NativeArguments.DST_OFFSET));
        asm.emit("mov", RBX, mem(RDI, NativeArguments.LHS_STRIDE));
        asm.emit("lea", RBP, mem(RBX, RBX, 2, 0));
        asm.emit("lea", R12, mem(RBX, RBX, 4, 0));
    }

    private void beginPanel() {
        asm.emit("mov", R9, RSI);
        asm.emit("mov", R10, RCX);
        asm.emit("lea", R11, mem(RDI, NativeArguments.HEIGHTS));
        asm.emit("mov", R15, RDX);
        asm.emit("add", R15, mem(RDI, NativeArguments.PREFETCH_OFFSET));
        asm.emit("mov", RAX, new Imm(nr()));
        asm.emit("mov", R8, mem(RDI, PANELS_LEFT));
        asm.emit("cmp", R8, new Imm(1));
        asm.emit("cmove", RAX, mem(RDI, NativeArguments.LAST_COLUMNS));
        asm.emit("mov", mem(RDI, COLUMNS), RAX);
        for (int v = 0; v < programs.getFirst().vectors(); v++) {
            if (isa == Isa.AVX512) {
                maskRegister(v);
            } else {
                maskInMemory(v);
            }
        }
    }

    /** The lowest bits of a mask register, one for each of the vector's columns among those in rax. */
    private void maskRegister(int vector) {
        asm.emit("xor", R8.as(32), R8.as(32));
        asm.emit("mov", R13, RAX);
        asm.emit("sub", R13, new Imm(vector * isa.lanes()));
        asm.emit("cmovs", R13, R8);
        asm.emit("mov", R8.as(32), new Imm(-1));
        asm.emit("bzhi", R8.as(32), R8.as(32), R13.as(32));
        asm.emit("kmovw", new Mask(FIRST_COLUMN_MASK + vector), R8.as(32));
    }

    /** All ones in the lanes of the vector's columns among those in rax: where the lane's number is less than theirs. */
    private void maskInMemory(int vector) {
        final Vec count = Vec.xmm(0);
        asm.emit("lea", R8, mem(RAX, -vector * isa.lanes()));
        asm.emit("vmovd", count, R8.as(32));
        asm.emit("vpbroadcastd", Vec.ymm(0), count);
        asm.emit("vpcmpgtd", Vec.ymm(0), Vec.ymm(0), Mem.at(new Label("lane_numbers")));
        asm.emit("vmovdqu", maskOf(vector), Vec.ymm(0));
    }

    private void chooseTile() {
        asm.emit("mov", RAX.as(32), mem(R11));
        asm.emit("add", R11, new Imm(Integer.BYTES));
        for (final Program program : programs) {
            asm.emit("cmp", RAX.as(32), new Imm(program.mr()));
            asm.emit("je", new Label("tile" + program.mr()));
        }
        asm.emit("jmp", new Label("panel_done"));
    }

    private void endPanel() {
        asm.emit("mov", RAX, mem(RDI, NativeArguments.RHS_STRIDE));
        asm.emit("add", RDX, RAX);
        asm.emit("add", RAX, mem(RDI, METADATA));
        asm.emit("mov", mem(RDI, METADATA), RAX);
        asm.emit("add", RCX, new Imm(nr() * (long) Float.BYTES));
        asm.emit("mov", RAX, mem(RDI, PANELS_LEFT));
        asm.emit("dec", RAX);
        asm.emit("mov", mem(RDI, PANELS_LEFT), RAX);
        asm.emit("jnz", new Label("panel"));
    }
}
