package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMOVE;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JG;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.POP;
import static dev.tilesmith.processor.asm.x86.Op.PUSH;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.DST;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.HEIGHTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.METADATA;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.PANELS_LEFT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SAVED;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH_2;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH_3;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.TILE_DST;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.program.Element;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.spec.Schedule;
import java.util.Comparator;
import java.util.List;

/**
 * The function of one family, {@code f(arguments, lhs, rhs, dst)} by the System V convention: over the panels of the
 * right operand, and for each over the tiles of the rows.
 */
public final class FamilyCode {
    private final Isa isa;
    private final Assembler asm;
    private final LhsRows rows;
    private final List<Program> programs;
    private final int vectors;
    private final int unroll;
    private final FetchAhead ahead;
    private final Multiplier multiplier;
    private final EarlierSums earlier;

    private FamilyCode(Isa isa, int nr, List<Program> programs, Schedule schedule, Multiplier multiplier) {
        this.isa = isa;
        this.asm = new Assembler(isa == Isa.AVX512 ? Mode.EVEX : Mode.VEX);
        this.rows = new DenseRows(asm);
        programs.forEach(this::requireRows);
        this.programs = programs.stream()
                .sorted(Comparator.comparingInt(Program::mr).reversed())
                .toList();
        this.vectors = nr / isa.lanes();
        this.unroll = schedule.unroll();
        this.ahead = new FetchAhead(asm, schedule);
        this.multiplier = multiplier;
        this.earlier = switch (multiplier) {
            case VECTORS -> EarlierSums.NONE;
            case TILES_AND_VECTORS -> tiles();
        };
    }

    private EarlierSums tiles() {
        final Program tallest = programs.getFirst();
        return tallest.contraction().hasTotals()
                ? new AmxBlockSums(asm, rows, tallest, nr(), ahead)
                : new AmxSums(asm, rows, tallest, nr(), ahead);
    }

    /**
     * Assembles the function.
     *
     * @param nr columns of a panel
     * @param programs the family's tiles: those of all columns, narrower ones for the last columns of the result, and for
     *     few rows wider ones, of two panels
     * @param schedule how the loops of the tiles go along K; tiles of weights in blocks take them a group at a time
     * @param multiplier what multiplies
     */
    public static MachineCode assemble(
            Isa isa, int nr, List<Program> programs, Schedule schedule, Multiplier multiplier) {
        final FamilyCode code = new FamilyCode(isa, nr, programs, schedule, multiplier);
        code.emit();
        return code.asm.assemble();
    }

    private void requireRows(Program program) {
        if (program.mr() > rows.most()) {
            throw new IllegalArgumentException("mr: " + program.mr() + " rows; " + rows.most() + " can be addressed");
        }
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
        earlier.enter();
        begin();
        asm.bind(new Label("panel"));
        beginPanel();
        asm.bind(new Label("tile"));
        chooseTile();
        final Label next = new Label("tile");
        for (final Program program : programs) {
            if (isTallest(program)) {
                asm.list();
            } else {
                asm.nolist();
            }
            tile(program).emit(isWide(program) ? new Label("two_panels_done") : next);
        }
        asm.list();
        if (programs.stream().anyMatch(this::isWide)) {
            asm.bind(new Label("two_panels_done"));
            nextPanel();
        }
        asm.bind(new Label("panel_done"));
        nextPanel();
        asm.emit(JNE, new Label("panel"));
        earlier.leave();
        asm.emit(VZEROUPPER);
        SAVED.reversed().forEach(register -> asm.emit(POP, register));
        asm.emit(RET);
    }

    /** Whether it has the most rows of all that take a whole panel, or two: others are like it. */
    private boolean isTallest(Program program) {
        return program.vectors() % vectors == 0
                && programs.stream()
                        .noneMatch(other -> other.vectors() == program.vectors() && other.mr() > program.mr());
    }

    private TileCode tile(Program program) {
        return switch (program.contraction().rhs().stored()) {
            case F32, F16 -> widenedTile(program);
            case BF16 -> program.contraction().lhs() == Element.BF16 ? pairedTile(program) : widenedTile(program);
            case INT8 ->
                program.contraction().hasTotals()
                        ? new BlockTileCode(asm, isa, program, rows, nr(), ahead, earlier)
                        : new Int8TileCode(asm, isa, program, rows, nr(), unroll, ahead, earlier);
            case NIBBLES, TWO_BITS -> new BlockTileCode(asm, isa, program, rows, nr(), ahead, earlier);
        };
    }

    private TileCode pairedTile(Program program) {
        return switch (multiplier) {
            case VECTORS -> new PairedTileCode(asm, isa, program, rows, nr(), unroll, ahead);
            case TILES_AND_VECTORS -> new SummedTileCode(asm, isa, program, rows, nr(), earlier);
        };
    }

    private TileCode widenedTile(Program program) {
        return new F32TileCode(asm, isa, program, rows, vectors, unroll, ahead);
    }

    private void begin() {
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.METADATA_OFFSET));
        asm.emit(ADD, SCRATCH, RHS);
        asm.emit(MOV, mem(ARGUMENTS, METADATA), SCRATCH);
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.PANELS));
        asm.emit(MOV, mem(ARGUMENTS, PANELS_LEFT), SCRATCH);
        ahead.begin();
        rows.enter();
        asm.emit(ADD, RHS, mem(ARGUMENTS, NativeArguments.RHS_OFFSET));
        asm.emit(ADD, DST, mem(ARGUMENTS, NativeArguments.DST_OFFSET));
        rows.begin();
        earlier.beginRows();
    }

    private void beginPanel() {
        rows.beginPanel();
        asm.emit(MOV, TILE_DST, DST);
        asm.emit(LEA, HEIGHTS, mem(ARGUMENTS, NativeArguments.HEIGHTS));
        ahead.beginPanel();
        asm.emit(MOV, SCRATCH, new Imm(nr()));
        asm.emit(MOV, SCRATCH_2, mem(ARGUMENTS, PANELS_LEFT));
        asm.emit(CMP, SCRATCH_2, new Imm(1));
        asm.emit(CMOVE, SCRATCH, mem(ARGUMENTS, NativeArguments.LAST_COLUMNS));
        addNextPanel();
        asm.emit(MOV, mem(ARGUMENTS, COLUMNS), SCRATCH);
        final ColumnMasks masks = new ColumnMasks(asm, isa);
        for (int v = 0; v < widest(); v++) {
            masks.set(v);
        }
        earlier.beginPanel();
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
        asm.emit(CMP, SCRATCH_2, new Imm(1));
        asm.emit(JE, done);
        asm.emit(MOV, SCRATCH_3.as(32), mem(HEIGHTS, Integer.BYTES));
        asm.emit(TEST, SCRATCH_3.as(32), SCRATCH_3.as(32));
        asm.emit(JNE, done);
        asm.emit(MOV, SCRATCH_3.as(32), mem(HEIGHTS));
        for (final Program program : widest) {
            asm.emit(CMP, SCRATCH_3.as(32), new Imm(program.mr()));
            asm.emit(JE, two);
        }
        asm.emit(JMP, done);
        asm.bind(two);
        asm.emit(CMP, SCRATCH_2, new Imm(2));
        asm.emit(CMOVE, SCRATCH, mem(ARGUMENTS, NativeArguments.LAST_COLUMNS));
        asm.emit(ADD, SCRATCH, new Imm(nr()));
        asm.bind(done);
    }

    /** Jumps to the tile of the next height, the narrowest that has all columns that are stored. */
    private void chooseTile() {
        earlier.beforeTile();
        asm.emit(MOV, SCRATCH.as(32), mem(HEIGHTS));
        asm.emit(ADD, HEIGHTS, new Imm(Integer.BYTES));
        earlier.chooseTile();
        asm.emit(MOV, SCRATCH_2, mem(ARGUMENTS, COLUMNS));
        for (int width = 1; width < widest(); width++) {
            final Label wider = new Label("wider" + width);
            asm.emit(CMP, SCRATCH_2, new Imm(width * (long) isa.lanes()));
            asm.emit(JG, wider);
            chooseHeight(width);
            asm.bind(wider);
        }
        chooseHeight(widest());
    }

    private void chooseHeight(int width) {
        for (final Program program : programs) {
            if (program.vectors() == width) {
                asm.emit(CMP, SCRATCH.as(32), new Imm(program.mr()));
                asm.emit(JE, TileCode.entry(program));
            }
        }
        asm.emit(JMP, new Label("panel_done"));
    }

    /** Moves the pointers to the next panel; the zero flag says that there is none. */
    private void nextPanel() {
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.RHS_STRIDE));
        asm.emit(ADD, RHS, SCRATCH);
        asm.emit(ADD, SCRATCH, mem(ARGUMENTS, METADATA));
        asm.emit(MOV, mem(ARGUMENTS, METADATA), SCRATCH);
        asm.emit(ADD, DST, new Imm(nr() * (long) resultBytes()));
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, PANELS_LEFT));
        asm.emit(DEC, SCRATCH);
        asm.emit(MOV, mem(ARGUMENTS, PANELS_LEFT), SCRATCH);
    }
}
