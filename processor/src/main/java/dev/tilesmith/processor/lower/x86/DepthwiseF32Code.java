package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R12;
import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBP;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMOVE;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JGE;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.POP;
import static dev.tilesmith.processor.asm.x86.Op.PUSH;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD231PS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;
import static dev.tilesmith.processor.asm.x86.Op.XOR;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.DST;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.METADATA;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.PANELS_LEFT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SAVED;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH_2;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.TILE_DST;

import dev.tilesmith.kernel.argument.DepthwiseF32Arguments;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The function that makes a line of results of a depthwise convolution of f32, or two, {@code f(arguments, src, rhs, dst)} by the System V
 * convention, its arguments laid out by {@link DepthwiseF32Arguments}: over runs of pixels, for each over panels, whose pixels are rows of tiles.
 *
 * <p>What runs have in a line comes from memory one after the other, of all channels; filters come from the first-level cache each time. Loads are under
 * the mask of the panel's columns: what lies beyond the channels is not read.
 */
final class DepthwiseF32Code {
    private static final Contraction CONTRACTION = Contraction.byColumn(Product.FMA_BY_COLUMN, Stored.F32);

    /** What panels have beside filters, if they have anything. */
    private static final Set<ColumnPart> PARTS = Set.of(ColumnPart.BIAS);

    /** Pixels that are addressed from one place: by the distance of two, once, twice and three times. */
    private static final int FROM_ONE_PLACE = 4;

    /** The run at hand. */
    private static final Gpr RUN = Gpr.R9;

    private static final Gpr PIXELS_LEFT = Gpr.R11;
    private static final Gpr PIXEL = R12;
    private static final Gpr CHANNELS = RBP;
    private static final Gpr TAP = RBX;
    private static final Gpr TAPS_LEFT = R13;
    private static final Gpr FILTER = R8;
    private static final Gpr AT = RAX;
    private static final Gpr STEP = R14;
    private static final Gpr THREE_STEPS = R15;

    /** int64s of the argument block's state: the first panel's filters, and the first result. */
    private static final int FIRST_RHS = FamilyRegisters.BLOCKS_LEFT;

    private static final int FIRST_DST = FamilyRegisters.PASS_FETCH;

    private final Assembler asm = new Assembler(Mode.EVEX);
    private final List<Program> programs;
    private final int nr;

    private DepthwiseF32Code(int nr, List<Program> programs) {
        this.nr = nr;
        this.programs = programs.stream()
                .sorted(Comparator.comparingInt(Program::mr).reversed())
                .toList();
    }

    /**
     * Assembles the function.
     *
     * @param programs the tiles of a vector of columns, one of a pixel among them
     * @throws IllegalArgumentException for others, or without AVX-512
     */
    static MachineCode assemble(Isa isa, int nr, List<Program> programs) {
        programs.forEach(program -> requireKnown(isa, nr, program));
        final DepthwiseF32Code code = new DepthwiseF32Code(nr, programs);
        code.emit();
        return code.asm.assemble();
    }

    private static void requireKnown(Isa isa, int nr, Program program) {
        if (isa != Isa.AVX512
                || program.nr() != nr
                || nr != isa.lanes()
                || program.lanes() != isa.lanes()
                || program.mr() > DepthwiseF32Arguments.TILE_LINES * DepthwiseF32Arguments.TILE
                || !program.contraction().equals(CONTRACTION)
                || !PARTS.containsAll(program.epilogue().parts())
                || program.epilogue().readsRows()) {
            throw new IllegalArgumentException("no depthwise code of " + isa + " for " + program.print());
        }
    }

    private void emit() {
        SAVED.forEach(register -> asm.emit(PUSH, register));
        begin();
        asm.bind(new Label("run"));
        asm.emit(MOV, SCRATCH, mem(RUN, DepthwiseF32Arguments.PIXELS));
        asm.emit(TEST, SCRATCH, SCRATCH);
        asm.emit(JE, new Label("done"));
        beginRun();
        asm.bind(new Label("columns"));
        setColumns();
        asm.bind(new Label("panel"));
        asm.emit(MOV, PIXELS_LEFT, mem(RUN, DepthwiseF32Arguments.PIXELS));
        asm.emit(XOR, PIXEL.as(32), PIXEL.as(32));
        asm.emit(MOV, TILE_DST, DST);
        asm.bind(new Label("tile"));
        choose();
        programs.forEach(this::tile);
        asm.bind(new Label("panel_done"));
        nextPanel();
        asm.bind(new Label("done"));
        asm.emit(VZEROUPPER);
        SAVED.reversed().forEach(register -> asm.emit(POP, register));
        asm.emit(RET);
    }

    private void begin() {
        asm.emit(ADD, RHS, mem(ARGUMENTS, NativeArguments.RHS_OFFSET));
        asm.emit(MOV, mem(ARGUMENTS, FIRST_RHS), RHS);
        asm.emit(ADD, DST, mem(ARGUMENTS, NativeArguments.DST_OFFSET));
        asm.emit(MOV, mem(ARGUMENTS, FIRST_DST), DST);
        asm.emit(MOV, RUN, mem(ARGUMENTS, DepthwiseF32Arguments.RUNS));
        asm.emit(ADD, RUN, ARGUMENTS);
    }

    /** Turns to the first panel, and to the first pixel of the run at hand. */
    private void beginRun() {
        asm.emit(MOV, RHS, mem(ARGUMENTS, FIRST_RHS));
        asm.emit(MOV, SCRATCH, RHS);
        asm.emit(ADD, SCRATCH, mem(ARGUMENTS, NativeArguments.METADATA_OFFSET));
        asm.emit(SUB, SCRATCH, mem(ARGUMENTS, NativeArguments.RHS_OFFSET));
        asm.emit(MOV, mem(ARGUMENTS, METADATA), SCRATCH);
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.PANELS));
        asm.emit(MOV, mem(ARGUMENTS, PANELS_LEFT), SCRATCH);
        asm.emit(MOV, DST, mem(ARGUMENTS, FIRST_DST));
        asm.emit(ADD, DST, mem(RUN, DepthwiseF32Arguments.RESULT));
        asm.emit(XOR, CHANNELS.as(32), CHANNELS.as(32));
    }

    /** Sets the mask of columns, at the first panel and again at the last. */
    private void setColumns() {
        asm.emit(MOV, SCRATCH, new Imm(nr));
        asm.emit(MOV, SCRATCH_2, mem(ARGUMENTS, PANELS_LEFT));
        asm.emit(CMP, SCRATCH_2, new Imm(1));
        asm.emit(CMOVE, SCRATCH, mem(ARGUMENTS, NativeArguments.LAST_COLUMNS));
        asm.emit(MOV, mem(ARGUMENTS, COLUMNS), SCRATCH);
        new ColumnMasks(asm, Isa.AVX512).set(0);
    }

    /** Jumps to what makes the run at hand, or some of its pixels. */
    private void choose() {
        asm.emit(MOV, SCRATCH, mem(RUN, DepthwiseF32Arguments.ROWS));
        for (final Program program : programs) {
            for (final DepthwiseF32Rows rows : DepthwiseF32Rows.of(program)) {
                asm.emit(CMP, SCRATCH, new Imm(rows.argument()));
                asm.emit(JE, rows.label(program, ""));
            }
        }
        for (final Program program : programs) {
            if (program.mr() <= DepthwiseF32Arguments.TILE) {
                asm.emit(CMP, PIXELS_LEFT, new Imm(program.mr()));
                asm.emit(JGE, TileCode.entry(program));
            }
        }
    }

    private void tile(Program program) {
        final VectorSet vectors = new VectorSet(Isa.AVX512.bits(), Isa.AVX512.registers());
        final List<Vec> sums = IntStream.range(0, program.mr()) // the first registers
                .mapToObj(pixel -> vectors.of(new VectorSet.Sum(0, pixel, 0)))
                .toList();
        vectors.keepAssigned();
        for (final DepthwiseF32Rows rows : DepthwiseF32Rows.of(program)) {
            asm.bind(rows.label(program, ""));
            clear(program, sums);
            rows.emit(asm, program);
            asm.emit(JMP, TileCode.label(program, "summed"));
        }
        asm.bind(TileCode.entry(program));
        if (program.mr() <= DepthwiseF32Arguments.TILE) {
            clear(program, sums);
            taps(program, sums, vectors.scratch(0));
        }
        asm.bind(TileCode.label(program, "summed"));
        final DenseRows none = new DenseRows(asm);
        new EpilogueCode(
                        asm,
                        Isa.AVX512,
                        program,
                        none,
                        EpilogueCode.metadata(SCRATCH, Isa.AVX512, PanelColumns.of(program)),
                        new EpilogueRegisters(program, (pixel, _) -> sums.get(pixel), vectors::scratch),
                        new TileEnd(asm, Isa.AVX512, program, none, ResultLines.of(DepthwiseF32Arguments.TILE)))
                .emit();
        asm.bind(TileCode.label(program, "advance"));
        asm.emit(IMUL, SCRATCH, mem(ARGUMENTS, NativeArguments.DST_STRIDE), new Imm(program.mr()));
        asm.emit(ADD, TILE_DST, SCRATCH);
        asm.emit(ADD, PIXEL, new Imm(program.mr()));
        asm.emit(SUB, PIXELS_LEFT, new Imm(program.mr()));
        asm.emit(JNE, new Label("tile"));
        asm.emit(JMP, new Label("panel_done"));
    }

    private void clear(Program program, List<Vec> sums) {
        for (int pixel = 0; pixel < program.mr(); pixel++) {
            PassConstants.clear(asm, sums.get(pixel));
        }
    }

    /** Sums of a run with taps of its own, each of which is a memory operand. */
    private void taps(Program program, List<Vec> sums, Vec filter) {
        final Label loop = TileCode.label(program, "loop");
        asm.emit(LEA, TAP, mem(RUN, DepthwiseF32Arguments.RUN));
        asm.emit(MOV, FILTER, RHS);
        asm.emit(MOV, TAPS_LEFT, mem(ARGUMENTS, NativeArguments.STEPS));
        asm.bind(loop);
        asm.emit(MOV, STEP, mem(TAP, Long.BYTES));
        asm.emit(MOV, AT, PIXEL);
        asm.emit(IMUL, AT, STEP);
        asm.emit(ADD, AT, mem(TAP));
        asm.emit(ADD, AT, CHANNELS);
        if (program.mr() >= FROM_ONE_PLACE) {
            asm.emit(LEA, THREE_STEPS, mem(STEP, STEP, 2, 0));
        }
        asm.emit(VMOVUPS, filter, mem(FILTER));
        for (int pixel = 0; pixel < program.mr(); pixel++) {
            final Mem place = place(pixel);
            asm.emit(VFMADD231PS, sums.get(pixel).merging(FamilyRegisters.columnMask(0)), filter, place);
        }
        asm.emit(ADD, TAP, new Imm(DepthwiseF32Arguments.TAP));
        asm.emit(ADD, FILTER, new Imm(nr * (long) Float.BYTES));
        asm.emit(DEC, TAPS_LEFT);
        asm.emit(JNE, loop);
    }

    /** Where a pixel is, after those before it. */
    private Mem place(int pixel) {
        if (pixel > 0 && pixel % FROM_ONE_PLACE == 0) {
            asm.emit(LEA, AT, mem(AT, STEP, FROM_ONE_PLACE, 0));
        }
        final List<Mem> places = List.of(mem(AT), mem(AT, STEP, 1, 0), mem(AT, STEP, 2, 0), mem(AT, THREE_STEPS, 1, 0));
        return places.get(pixel % FROM_ONE_PLACE);
    }

    /** Moves on to the next panel, else to the next run. */
    private void nextPanel() {
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.RHS_STRIDE));
        asm.emit(ADD, RHS, SCRATCH);
        asm.emit(ADD, SCRATCH, mem(ARGUMENTS, METADATA));
        asm.emit(MOV, mem(ARGUMENTS, METADATA), SCRATCH);
        asm.emit(ADD, DST, new Imm(nr * (long) Float.BYTES));
        asm.emit(ADD, CHANNELS, new Imm(nr * (long) Float.BYTES));
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, PANELS_LEFT));
        asm.emit(DEC, SCRATCH);
        asm.emit(MOV, mem(ARGUMENTS, PANELS_LEFT), SCRATCH);
        asm.emit(JE, new Label("run_done"));
        asm.emit(CMP, SCRATCH, new Imm(1));
        asm.emit(JE, new Label("columns"));
        asm.emit(JMP, new Label("panel"));
        asm.bind(new Label("run_done"));
        asm.emit(MOV, SCRATCH, mem(RUN, DepthwiseF32Arguments.ROWS));
        asm.emit(ADD, RUN, new Imm(DepthwiseF32Arguments.RUN));
        asm.emit(TEST, SCRATCH, SCRATCH);
        asm.emit(JNE, new Label("run"));
        asm.emit(IMUL, SCRATCH, mem(ARGUMENTS, NativeArguments.STEPS), new Imm(DepthwiseF32Arguments.TAP));
        asm.emit(ADD, RUN, SCRATCH);
        asm.emit(JMP, new Label("run"));
    }
}
