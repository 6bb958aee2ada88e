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
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.BZHI;
import static dev.tilesmith.processor.asm.x86.Op.CMOVE;
import static dev.tilesmith.processor.asm.x86.Op.CMOVS;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JG;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.KMOVW;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.POP;
import static dev.tilesmith.processor.asm.x86.Op.PUSH;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VMOVD;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPCMPGTD;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;
import static dev.tilesmith.processor.asm.x86.Op.XOR;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Program;
import java.util.Comparator;
import java.util.List;

/**
 * The function of one family, {@code f(arguments, lhs, rhs, dst)} by the System V convention: over the panels of the
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
    private final List<Program> programs;
    private final int vectors;

    private FamilyCode(Isa isa, int nr, List<Program> programs) {
        this.isa = isa;
        this.asm = new Assembler(isa == Isa.AVX512 ? Mode.EVEX : Mode.VEX);
        this.programs = programs.stream()
                .sorted(Comparator.comparingInt(Program::mr).reversed())
                .toList();
        this.vectors = nr / isa.lanes();
    }

    /**
     * Assembles the function.
     *
     * @param nr columns of a panel
     * @param programs the family's tiles: those of all columns, narrower ones for the last columns of the result, and for
     *     few rows wider ones, of two panels
     */
    public static MachineCode assemble(Isa isa, int nr, List<Program> programs) {
        final FamilyCode code = new FamilyCode(isa, nr, programs);
        code.emit();
        return code.asm.assemble();
    }

    /** The mask of a vector of columns, in the argument block. */
    static Mem maskOf(int vector) {
        return mem(RDI, NativeArguments.MASKS + vector * Isa.AVX2.bits() / 8);
    }

    private int nr() {
        return vectors * isa.lanes();
    }

    /** Vectors of columns of the widest tile. */
    private int widest() {
        return programs.stream().mapToInt(Program::vectors).max().orElseThrow();
    }

    private int resultBytes() {
        return programs.getFirst().epilogue().dstBytes();
    }

    private void emit() {
        SAVED.forEach(register -> asm.emit(PUSH, register));
        begin();
        asm.bind(new Label("panel"));
        beginPanel();
        asm.bind(new Label("tile"));
        chooseTile();
        final Label next = new Label("tile");
        for (final Program program : programs) {
            tile(program).emit(isWide(program) ? new Label("two_panels_done") : next);
        }
        if (programs.stream().anyMatch(this::isWide)) {
            asm.bind(new Label("two_panels_done"));
            nextPanel();
        }
        asm.bind(new Label("panel_done"));
        nextPanel();
        asm.emit(JNE, new Label("panel"));
        asm.emit(VZEROUPPER);
        SAVED.reversed().forEach(register -> asm.emit(POP, register));
        asm.emit(RET);
    }

    private TileCode tile(Program program) {
        return switch (program.contraction().rhs().stored()) {
            case F32 -> new F32TileCode(asm, isa, program, vectors);
            case INT8 ->
                program.contraction().hasTotals()
                        ? new BlockTileCode(asm, isa, program, nr())
                        : new Int8TileCode(asm, isa, program, nr());
            case NIBBLES, TWO_BITS -> new BlockTileCode(asm, isa, program, nr());
        };
    }

    private void begin() {
        asm.emit(MOV, RAX, mem(RDI, NativeArguments.METADATA_OFFSET));
        asm.emit(ADD, RAX, RDX);
        asm.emit(MOV, mem(RDI, METADATA), RAX);
        asm.emit(MOV, RAX, mem(RDI, NativeArguments.PANELS));
        asm.emit(MOV, mem(RDI, PANELS_LEFT), RAX);
        asm.emit(ADD, RSI, mem(RDI, NativeArguments.LHS_OFFSET));
        asm.emit(ADD, RDX, mem(RDI, NativeArguments.RHS_OFFSET));
        asm.emit(ADD, RCX, mem(RDI, NativeArguments.DST_OFFSET));
        asm.emit(MOV, RBX, mem(RDI, NativeArguments.LHS_STRIDE));
        asm.emit(LEA, RBP, mem(RBX, RBX, 2, 0));
        asm.emit(LEA, R12, mem(RBX, RBX, 4, 0));
    }

    private void beginPanel() {
        asm.emit(MOV, R9, RSI);
        asm.emit(MOV, R10, RCX);
        asm.emit(LEA, R11, mem(RDI, NativeArguments.HEIGHTS));
        asm.emit(MOV, R15, RDX);
        asm.emit(ADD, R15, mem(RDI, NativeArguments.PREFETCH_OFFSET));
        asm.emit(MOV, RAX, new Imm(nr()));
        asm.emit(MOV, R8, mem(RDI, PANELS_LEFT));
        asm.emit(CMP, R8, new Imm(1));
        asm.emit(CMOVE, RAX, mem(RDI, NativeArguments.LAST_COLUMNS));
        addNextPanel();
        asm.emit(MOV, mem(RDI, COLUMNS), RAX);
        for (int v = 0; v < widest(); v++) {
            if (isa == Isa.AVX512) {
                maskRegister(v);
            } else {
                maskInMemory(v);
            }
        }
    }

    /** Whether a tile has columns of two panels. */
    private boolean isWide(Program program) {
        return program.vectors() > vectors;
    }

    /** Where there is another panel, and but one tile of rows, and that has wide tiles, its columns are taken too. */
    private void addNextPanel() {
        final List<Program> widest = programs.stream()
                .filter(program -> program.vectors() == 2 * vectors)
                .toList();
        if (widest.isEmpty()) {
            return;
        }
        final Label done = new Label("columns");
        final Label two = new Label("two_panels");
        asm.emit(CMP, R8, new Imm(1));
        asm.emit(JE, done);
        asm.emit(MOV, R13.as(32), mem(R11, Integer.BYTES));
        asm.emit(TEST, R13.as(32), R13.as(32));
        asm.emit(JNE, done);
        asm.emit(MOV, R13.as(32), mem(R11));
        for (final Program program : widest) {
            asm.emit(CMP, R13.as(32), new Imm(program.mr()));
            asm.emit(JE, two);
        }
        asm.emit(JMP, done);
        asm.bind(two);
        asm.emit(CMP, R8, new Imm(2));
        asm.emit(CMOVE, RAX, mem(RDI, NativeArguments.LAST_COLUMNS));
        asm.emit(ADD, RAX, new Imm(nr()));
        asm.bind(done);
    }

    /** The lowest bits of a mask register, one for each of the vector's columns among those in rax. */
    private void maskRegister(int vector) {
        asm.emit(XOR, R8.as(32), R8.as(32));
        asm.emit(MOV, R13, RAX);
        asm.emit(SUB, R13, new Imm(vector * (long) isa.lanes()));
        asm.emit(CMOVS, R13, R8);
        asm.emit(MOV, R8.as(32), new Imm(-1));
        asm.emit(BZHI, R8.as(32), R8.as(32), R13.as(32));
        asm.emit(KMOVW, new Mask(FIRST_COLUMN_MASK + vector), R8.as(32));
    }

    /** All ones in the lanes of the vector's columns among those in rax: where the lane's number is less than theirs. */
    private void maskInMemory(int vector) {
        final Vec count = Vec.xmm(0);
        asm.emit(LEA, R8, mem(RAX, -vector * isa.lanes()));
        asm.emit(VMOVD, count, R8.as(32));
        asm.emit(VPBROADCASTD, Vec.ymm(0), count);
        asm.emit(VPCMPGTD, Vec.ymm(0), Vec.ymm(0), Mem.at(asm.constant(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 32)));
        asm.emit(VMOVDQU, maskOf(vector), Vec.ymm(0));
    }

    /** Jumps to the tile of the next height, the narrowest that has all columns that are stored. */
    private void chooseTile() {
        asm.emit(MOV, RAX.as(32), mem(R11));
        asm.emit(ADD, R11, new Imm(Integer.BYTES));
        asm.emit(MOV, R8, mem(RDI, COLUMNS));
        for (int width = 1; width < widest(); width++) {
            final Label wider = new Label("wider" + width);
            asm.emit(CMP, R8, new Imm(width * (long) isa.lanes()));
            asm.emit(JG, wider);
            chooseHeight(width);
            asm.bind(wider);
        }
        chooseHeight(widest());
    }

    private void chooseHeight(int width) {
        for (final Program program : programs) {
            if (program.vectors() == width) {
                asm.emit(CMP, RAX.as(32), new Imm(program.mr()));
                asm.emit(JE, TileCode.entry(program));
            }
        }
        asm.emit(JMP, new Label("panel_done"));
    }

    /** Moves the pointers to the next panel; the zero flag says that there is none. */
    private void nextPanel() {
        asm.emit(MOV, RAX, mem(RDI, NativeArguments.RHS_STRIDE));
        asm.emit(ADD, RDX, RAX);
        asm.emit(ADD, RAX, mem(RDI, METADATA));
        asm.emit(MOV, mem(RDI, METADATA), RAX);
        asm.emit(ADD, RCX, new Imm(nr() * (long) resultBytes()));
        asm.emit(MOV, RAX, mem(RDI, PANELS_LEFT));
        asm.emit(DEC, RAX);
        asm.emit(MOV, mem(RDI, PANELS_LEFT), RAX);
    }
}
