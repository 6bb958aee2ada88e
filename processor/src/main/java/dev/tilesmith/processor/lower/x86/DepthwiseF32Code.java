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
import static dev.tilesmith.processor.asm.x86.Op.SHR;
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
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The function that makes lines of results of a depthwise convolution of f32, {@code f(arguments, src, rhs, dst)} by the System V convention, its
 * arguments laid out by {@link DepthwiseF32Arguments}: over panels, for each over runs of pixels, and in a run over tiles, whose rows are pixels.
 *
 * <p>A tap is a vector of a filter that stays in a register, by those of pixels, which are memory operands under the mask of the panel's columns:
 * what lies beyond the channels is not read.
 */
final class DepthwiseF32Code {
    private static final Contraction CONTRACTION = Contraction.byColumn(Product.FMA_BY_COLUMN, Stored.F32);

    /** Rows of a kernel whose taps are neighbours, and how far apart pixels are: what is loaded for one pixel is others' too. */
    private record Rows(int width, int stride) {
        Label label(Program program, String place) {
            return TileCode.label(program, "rows" + width + "_" + stride + place);
        }
    }

    /** Those that have code of their own: kernels 3, 5 and 7 columns wide. */
    private static final List<Rows> ROWS = Stream.of(3, 5, 7)
            .flatMap(width -> Stream.of(1, 2).map(stride -> new Rows(width, stride)))
            .toList();

    /** Pixels that are addressed from one place: by the distance of two, once, twice and three times. */
    private static final int FROM_ONE_PLACE = 4;

    /** The run at hand, from its taps on. */
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
     * @param programs the tiles of all columns, one of a pixel among them
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
                || program.lanes() != isa.lanes()
                || !program.contraction().equals(CONTRACTION)
                || program.epilogue().readsRows()) {
            throw new IllegalArgumentException("no depthwise code of " + isa + " for " + program.print());
        }
    }

    private void emit() {
        SAVED.forEach(register -> asm.emit(PUSH, register));
        begin();
        asm.bind(new Label("panel"));
        beginPanel();
        asm.bind(new Label("run"));
        asm.emit(MOV, PIXELS_LEFT, mem(RUN));
        asm.emit(ADD, RUN, new Imm(DepthwiseF32Arguments.RUN));
        asm.emit(XOR, PIXEL.as(32), PIXEL.as(32));
        asm.emit(TEST, PIXELS_LEFT, PIXELS_LEFT);
        asm.emit(JE, new Label("panel_done"));
        asm.bind(new Label("tile"));
        for (final Program program : programs) {
            asm.emit(CMP, PIXELS_LEFT, new Imm(program.mr()));
            asm.emit(JGE, TileCode.entry(program));
        }
        programs.forEach(this::tile);
        asm.bind(new Label("panel_done"));
        nextPanel();
        asm.emit(JNE, new Label("panel"));
        asm.emit(VZEROUPPER);
        SAVED.reversed().forEach(register -> asm.emit(POP, register));
        asm.emit(RET);
    }

    private void begin() {
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.METADATA_OFFSET));
        asm.emit(ADD, SCRATCH, RHS);
        asm.emit(MOV, mem(ARGUMENTS, METADATA), SCRATCH);
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.PANELS));
        asm.emit(MOV, mem(ARGUMENTS, PANELS_LEFT), SCRATCH);
        asm.emit(ADD, RHS, mem(ARGUMENTS, NativeArguments.RHS_OFFSET));
        asm.emit(ADD, DST, mem(ARGUMENTS, NativeArguments.DST_OFFSET));
        asm.emit(XOR, CHANNELS.as(32), CHANNELS.as(32));
    }

    private void beginPanel() {
        asm.emit(MOV, TILE_DST, DST);
        asm.emit(LEA, RUN, mem(ARGUMENTS, DepthwiseF32Arguments.RUNS));
        asm.emit(MOV, SCRATCH, new Imm(nr));
        asm.emit(MOV, SCRATCH_2, mem(ARGUMENTS, PANELS_LEFT));
        asm.emit(CMP, SCRATCH_2, new Imm(1));
        asm.emit(CMOVE, SCRATCH, mem(ARGUMENTS, NativeArguments.LAST_COLUMNS));
        asm.emit(MOV, mem(ARGUMENTS, COLUMNS), SCRATCH);
        final ColumnMasks masks = new ColumnMasks(asm, Isa.AVX512);
        for (int v = 0; v < nr / Isa.AVX512.lanes(); v++) {
            masks.set(v);
        }
    }

    private void tile(Program program) {
        asm.bind(TileCode.entry(program));
        panel(program);
        asm.bind(TileCode.label(program, "advance"));
        asm.emit(IMUL, SCRATCH, mem(ARGUMENTS, NativeArguments.DST_STRIDE), new Imm(program.mr()));
        asm.emit(ADD, TILE_DST, SCRATCH);
        asm.emit(ADD, PIXEL, new Imm(program.mr()));
        asm.emit(SUB, PIXELS_LEFT, new Imm(program.mr()));
        asm.emit(JNE, new Label("tile"));
        asm.emit(IMUL, SCRATCH, mem(ARGUMENTS, NativeArguments.STEPS), new Imm(DepthwiseF32Arguments.TAP));
        asm.emit(ADD, RUN, SCRATCH);
        asm.emit(JMP, new Label("run"));
    }

    /** Sums, and what becomes of them. */
    private void panel(Program program) {
        final VectorSet vectors = new VectorSet(Isa.AVX512.bits(), Isa.AVX512.registers());
        Sums.each(program, (pixel, v) -> PassConstants.clear(asm, sum(vectors, pixel, v)));
        vectors.keepAssigned();
        final List<Rows> known = program.mr() < FROM_ONE_PLACE ? List.of() : ROWS;
        if (!known.isEmpty()) {
            asm.emit(MOV, SCRATCH, mem(RUN, -Long.BYTES));
        }
        for (final Rows rows : known) {
            asm.emit(CMP, SCRATCH, new Imm(DepthwiseF32Arguments.rows(rows.stride(), rows.width())));
            asm.emit(JE, rows.label(program, ""));
        }
        taps(program, vectors);
        for (final Rows rows : known) {
            asm.emit(JMP, TileCode.label(program, "summed"));
            asm.bind(rows.label(program, ""));
            rows(program, vectors, rows);
        }
        asm.bind(TileCode.label(program, "summed"));
        final DenseRows none = new DenseRows(asm);
        new EpilogueCode(
                        asm,
                        Isa.AVX512,
                        program,
                        none,
                        EpilogueCode.metadata(SCRATCH, Isa.AVX512, PanelColumns.of(program)),
                        new EpilogueRegisters(program, (row, v) -> sum(vectors, row, v), vectors::scratch),
                        new TileEnd(asm, Isa.AVX512, program, none))
                .emit();
    }

    private static Vec sum(VectorSet vectors, int pixel, int vector) {
        return vectors.of(new VectorSet.Sum(0, pixel, vector));
    }

    private void taps(Program program, VectorSet vectors) {
        final Label loop = TileCode.label(program, "loop");
        asm.emit(MOV, TAP, RUN);
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
        for (int v = 0; v < program.vectors(); v++) {
            asm.emit(VMOVUPS, vectors.of(new VectorSet.Weights(v)), mem(FILTER, v * vectorBytes()));
        }
        for (int pixel = 0; pixel < program.mr(); pixel++) {
            if (pixel > 0 && pixel % FROM_ONE_PLACE == 0) {
                asm.emit(LEA, AT, mem(AT, STEP, FROM_ONE_PLACE, 0));
            }
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(
                        VFMADD231PS,
                        sum(vectors, pixel, v).merging(FamilyRegisters.columnMask(v)),
                        vectors.of(new VectorSet.Weights(v)),
                        place(pixel % FROM_ONE_PLACE, v * vectorBytes()));
            }
        }
        asm.emit(ADD, TAP, new Imm(DepthwiseF32Arguments.TAP));
        asm.emit(ADD, FILTER, new Imm(nr * (long) Float.BYTES));
        asm.emit(DEC, TAPS_LEFT);
        asm.emit(JNE, loop);
    }

    /** Sums by rows of a kernel, a vector of columns after the other, of so many pixels at once as have registers for what they share. */
    private void rows(Program program, VectorSet vectors, Rows rows) {
        final int pixels = rows.stride() == 1 ? program.mr() : FROM_ONE_PLACE;
        for (int v = 0; v < program.vectors(); v++) {
            for (int first = 0; first < program.mr(); first += pixels) {
                final Label loop = rows.label(program, "_" + v + "_" + first);
                final int vector = v;
                final int from = first;
                final IntFunction<Vec> sums = pixel -> sum(vectors, from + pixel, vector);
                asm.emit(MOV, TAP, RUN);
                asm.emit(LEA, FILTER, mem(RHS, v * vectorBytes()));
                asm.emit(MOV, TAPS_LEFT, mem(ARGUMENTS, DepthwiseF32Arguments.KERNEL_ROWS));
                asm.bind(loop);
                row(rows, v, first, pixels, sums, program.mr() * program.vectors());
                asm.emit(ADD, TAP, new Imm(rows.width() * (long) DepthwiseF32Arguments.TAP));
                asm.emit(ADD, FILTER, new Imm(rows.width() * (long) nr * Float.BYTES));
                asm.emit(DEC, TAPS_LEFT);
                asm.emit(JNE, loop);
            }
        }
    }

    /**
     * A row of the kernel: neighbours are loaded once for all pixels that have them.
     *
     * @param free the first register that holds nothing
     */
    private void row(Rows rows, int vector, int first, int pixels, IntFunction<Vec> sums, int free) {
        final int columns = (pixels - 1) * rows.stride() + rows.width();
        final int kept = Math.min(rows.width(), Isa.AVX512.registers() - free - columns);
        asm.emit(MOV, STEP, mem(TAP, Long.BYTES));
        asm.emit(LEA, AT, mem(PIXEL, first));
        asm.emit(IMUL, AT, STEP);
        asm.emit(ADD, AT, mem(TAP));
        asm.emit(ADD, AT, CHANNELS);
        if (rows.stride() == 2) {
            asm.emit(SHR, STEP, new Imm(1));
        }
        asm.emit(LEA, THREE_STEPS, mem(STEP, STEP, 2, 0));
        for (int s = 0; s < kept; s++) {
            asm.emit(VMOVUPS, Vec.zmm(free + columns + s), filter(s));
        }
        for (int column = 0; column < columns; column++) {
            if (column > 0 && column % FROM_ONE_PLACE == 0) {
                asm.emit(LEA, AT, mem(AT, STEP, FROM_ONE_PLACE, 0));
            }
            asm.emit(
                    VMOVUPS,
                    Vec.zmm(free + column).zeroing(FamilyRegisters.columnMask(vector)),
                    place(column % FROM_ONE_PLACE, vector * vectorBytes()));
        }
        for (int s = 0; s < rows.width(); s++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                asm.emit(
                        VFMADD231PS,
                        sums.apply(pixel),
                        Vec.zmm(free + pixel * rows.stride() + s),
                        s < kept ? Vec.zmm(free + columns + s) : filter(s));
            }
        }
    }

    /** The vector at hand of a tap of the row at hand. */
    private Mem filter(int tap) {
        return mem(FILTER, tap * nr * Float.BYTES);
    }

    private static int vectorBytes() {
        return Isa.AVX512.bits() / Byte.SIZE;
    }

    /** Where one of {@value #FROM_ONE_PLACE} pixels is. */
    private static Mem place(int pixel, int offset) {
        final List<Mem> places = List.of(
                mem(AT, offset), mem(AT, STEP, 1, offset), mem(AT, STEP, 2, offset), mem(AT, THREE_STEPS, 1, offset));
        return places.get(pixel);
    }

    /** Moves the pointers to the next panel; the zero flag says that there is none. */
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
    }
}
