package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R12;
import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBP;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.KANDW;
import static dev.tilesmith.processor.asm.x86.Op.KMOVW;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD231PS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;

import dev.tilesmith.kernel.argument.DepthwiseF32Arguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Program;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sums of a tile of {@value DepthwiseF32Arguments#TILE} pixels of a line of results, or of two, by a kernel whose columns are neighbours: all columns under the
 * pixels are loaded, of a line of the image after the other, then multiplied by each row of the kernel that is over the line for one of the results. Columns
 * beyond an edge are loaded under masks that leave zeros.
 *
 * @param lines of results
 * @param stride columns from one pixel to the next
 * @param width columns of the kernel
 */
record DepthwiseF32Rows(int lines, int stride, int width) {
    private static final int PIXELS = DepthwiseF32Arguments.TILE;
    private static final int FROM_ONE_PLACE = 4;
    private static final int VECTOR = Isa.AVX512.bits() / Byte.SIZE;

    /** Those of columns that may be padding: which the epilogue sets anew, or leaves as they are. */
    private static final List<Mask> EDGES =
            IntStream.of(3, 4, 5, 6, 7, 1).mapToObj(Mask::new).toList();

    private static final List<DepthwiseF32Rows> ALL = DepthwiseF32Arguments.TILE_WIDTHS.stream()
            .flatMap(width -> Stream.of(
                    new DepthwiseF32Rows(1, 1, width),
                    new DepthwiseF32Rows(1, 2, width),
                    new DepthwiseF32Rows(2, 1, width)))
            .toList();

    private static final Gpr RUN = R9;
    private static final Gpr CHANNELS = RBP;
    private static final Gpr LINE = RBX;
    private static final Gpr LINES_LEFT = R13;
    private static final Gpr FILTER = R8;
    private static final Gpr AT = RAX;
    private static final Gpr STEP = R14;
    private static final Gpr THREE_STEPS = R15;
    private static final Gpr COLUMN = R12;

    /** Those that have code, with so many pixels as a program's rows: kernels 3, 5 and 7 columns wide, of two lines where pixels are neighbours. */
    static List<DepthwiseF32Rows> of(Program program) {
        return ALL.stream()
                .filter(rows -> rows.lines() * PIXELS == program.mr())
                .toList();
    }

    /** What arguments call it. */
    int argument() {
        return DepthwiseF32Arguments.rows(lines, stride, width);
    }

    Label label(Program program, String place) {
        return TileCode.label(program, "rows" + lines + "_" + stride + "_" + width + place);
    }

    /** Adds the code, which adds to sums in the first registers. */
    void emit(Assembler asm, Program program) {
        for (int at = 0; at < 2 * edge(); at++) {
            final int place = at < edge()
                    ? DepthwiseF32Arguments.LEFT + at * Integer.BYTES
                    : DepthwiseF32Arguments.RIGHT + (at - edge()) * Integer.BYTES;
            asm.emit(KMOVW, EDGES.get(at), mem(RUN, place));
            asm.emit(KANDW, EDGES.get(at), EDGES.get(at), FamilyRegisters.columnMask(0));
        }
        asm.emit(LEA, LINE, mem(ARGUMENTS, DepthwiseF32Arguments.LINES));
        asm.emit(MOV, FILTER, RHS);
        asm.emit(MOV, LINES_LEFT, mem(ARGUMENTS, DepthwiseF32Arguments.KERNEL_ROWS));
        if (lines == 1) {
            loop(asm, program, 0, 1);
            return;
        }
        final Label last = label(program, "_last");
        line(asm, 0, 1);
        next(asm);
        asm.emit(DEC, LINES_LEFT);
        asm.emit(JE, last);
        loop(asm, program, 0, 2);
        asm.bind(last);
        line(asm, 1, 2);
    }

    /** As many lines of the image as are left, each under results from a line of them to another. */
    private void loop(Assembler asm, Program program, int from, int to) {
        final Label loop = label(program, "_loop");
        asm.bind(loop);
        line(asm, from, to);
        next(asm);
        asm.emit(DEC, LINES_LEFT);
        asm.emit(JNE, loop);
    }

    private void next(Assembler asm) {
        asm.emit(ADD, LINE, new Imm(DepthwiseF32Arguments.TAP));
        asm.emit(ADD, FILTER, new Imm(rowBytes()));
    }

    private void line(Assembler asm, int from, int to) {
        load(asm);
        final int free = lines * PIXELS + columns();
        int turn = 0;
        for (int s = 0; s < width; s++) {
            for (int line = from; line < to; line++) {
                final Vec filter = Vec.zmm(free + turn % (Isa.AVX512.registers() - free));
                turn++;
                asm.emit(VMOVUPS, filter, mem(FILTER, s * VECTOR - line * rowBytes()));
                for (int pixel = 0; pixel < PIXELS; pixel++) {
                    asm.emit(VFMADD231PS, Vec.zmm(line * PIXELS + pixel), column(pixel * stride + s), filter);
                }
            }
        }
    }

    /** Loads the columns under the tile of the line at hand. */
    private void load(Assembler asm) {
        asm.emit(MOV, STEP, mem(LINE, Long.BYTES));
        asm.emit(MOV, COLUMN, mem(RUN, DepthwiseF32Arguments.COLUMN));
        asm.emit(IMUL, COLUMN, STEP);
        asm.emit(MOV, AT, mem(LINE));
        asm.emit(ADD, AT, CHANNELS);
        asm.emit(ADD, AT, COLUMN);
        asm.emit(LEA, THREE_STEPS, mem(STEP, STEP, 2, 0));
        final List<Mem> places = List.of(mem(AT), mem(AT, STEP, 1, 0), mem(AT, STEP, 2, 0), mem(AT, THREE_STEPS, 1, 0));
        for (int at = 0; at < columns(); at++) {
            if (at > 0 && at % FROM_ONE_PLACE == 0) {
                asm.emit(LEA, AT, mem(AT, STEP, FROM_ONE_PLACE, 0));
            }
            asm.emit(VMOVUPS, column(at).zeroing(mask(at)), places.get(at % FROM_ONE_PLACE));
        }
    }

    private Mask mask(int column) {
        if (column < edge()) {
            return EDGES.get(column);
        }
        final int right = column - (columns() - edge());
        return right >= 0 ? EDGES.get(edge() + right) : FamilyRegisters.columnMask(0);
    }

    /** Where a column under the tile is. */
    private Vec column(int at) {
        return Vec.zmm(lines * PIXELS + at);
    }

    private int columns() {
        return (PIXELS - 1) * stride + width;
    }

    /** Columns on either side that may be padding. */
    private int edge() {
        return width / 2;
    }

    private int rowBytes() {
        return width * VECTOR;
    }
}
