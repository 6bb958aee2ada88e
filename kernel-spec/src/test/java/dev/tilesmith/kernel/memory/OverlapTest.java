package dev.tilesmith.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Problems;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A result overlaps an operand if, and only if, an element of the one shares a byte with an element of the other. */
final class OverlapTest {
    private static final PanelLayout LAYOUT = new PanelLayout(Format.F32, 1, 1, false, Format.F32, 0, Format.F32);
    private static final int BYTES = 640;

    private final MemorySegment memory = Arena.ofAuto().allocate(BYTES, 64);
    private final float[] floats = new float[BYTES / Float.BYTES];
    private final int[] ints = new int[BYTES / Integer.BYTES];
    private final byte[] bytes = new byte[BYTES];

    /** Where in the memory a matrix is. */
    private record Place(Matrix matrix, BitSet bytes) {}

    private Place place(SplittableRandom random, boolean onHeap, int elementBytes, int rows, int from) {
        final int elements = (BYTES - from) / elementBytes;
        final int columns = random.nextInt(0, 7);
        final int most = rows > 1 ? Math.max(columns, (elements - columns) / (rows - 1)) : columns;
        final int stride = random.nextInt(columns, 1 + Math.min(most, columns + random.nextInt(1, 40)));
        final int offset = random.nextInt(1 + Math.max(0, elements - Math.max(0, rows - 1) * stride - columns));
        final BitSet places = new BitSet();
        for (int i = 0; i < rows; i++) {
            final int at = from + (offset + i * stride) * elementBytes;
            places.set(at, at + columns * elementBytes);
        }
        return new Place(matrix(onHeap, elementBytes, from, offset, rows, columns, stride), places);
    }

    private Matrix matrix(
            boolean onHeap, int elementBytes, int from, int offset, int rows, int columns, int rowStride) {
        if (!onHeap) {
            return new Matrix.Segment(memory.asSlice(from), elementBytes, offset, rows, columns, rowStride);
        }
        return elementBytes == 1
                ? Matrix.of(bytes, from + offset, rows, columns, rowStride)
                : Matrix.of(floats, from / Float.BYTES + offset, rows, columns, rowStride);
    }

    @Test
    void rowsAndResultsOverlapWhereTheyShareAnElement() {
        final PackedRhs elsewhere =
                new PackedPanels(LAYOUT, 0, 0, Arena.ofAuto().allocate(0, 64));
        Problems.forEach(random -> {
            final boolean onHeap = random.nextBoolean();
            final int lhsBytes = random.nextBoolean() ? 1 : Float.BYTES;
            final int dstBytes = onHeap || random.nextBoolean() ? lhsBytes : Float.BYTES;
            final int rows = random.nextInt(0, 9);
            final int slices = onHeap ? BYTES / Float.BYTES : BYTES;
            final int unit = BYTES / slices;
            final Place lhs = place(random, onHeap, lhsBytes, rows, random.nextInt(slices / 2) * unit);
            final Place dst = place(random, onHeap, dstBytes, rows, random.nextInt(slices / 2) * unit);
            final boolean onePlace = lhs.bytes().intersects(dst.bytes());
            final String expected = !onePlace
                    ? "taken"
                    : onHeap
                            ? "dst: overlaps lhs in one array; expected elements of its own"
                            : "dst: overlaps lhs; expected memory of its own";
            assertEquals(expected, outcome(lhs.matrix(), elsewhere, dst.matrix()), () -> lhs + " " + dst);
        });
    }

    /** Panels are one piece; results may lie around them. */
    @Test
    void packedWeightsAndResultsOverlapWhereTheyShareAByte() {
        final Matrix lhs = Matrix.of(new float[0], 0, 0);
        Problems.forEach(random -> {
            final int panels = random.nextInt(0, 3);
            final long panelBytes = LAYOUT.bytes(1, 3);
            final int from = random.nextInt((int) (BYTES - panels * panelBytes));
            final PackedRhs rhs = new PackedPanels(LAYOUT, panels, 3, memory.asSlice(from, panels * panelBytes));
            final BitSet places = new BitSet();
            places.set(from, (int) (from + panels * panelBytes));
            final Place dst = place(random, false, Float.BYTES, random.nextInt(0, 9), random.nextInt(BYTES / 2));
            assertEquals(
                    places.intersects(dst.bytes())
                            ? "dst: overlaps the packed weights; expected memory of its own"
                            : "taken",
                    outcome(lhs, rhs, dst.matrix()),
                    () -> from + " " + panels + " " + dst);
        });
    }

    @Test
    void matricesInDifferentArraysDoNotOverlap() {
        final PackedRhs none = new PackedPanels(LAYOUT, 0, 0, memory.asSlice(0, 0));
        assertEquals("taken", outcome(Matrix.of(floats, 2, 2), none, Matrix.of(new float[4], 2, 2)));
        assertEquals("taken", outcome(Matrix.of(bytes, 2, 2), none, Matrix.of(ints, 2, 2)));
        assertEquals("taken", outcome(Matrix.of(floats, 2, 2), none, Matrix.of(memory, 2, 2)));
        assertEquals("taken", outcome(Matrix.of(memory, 2, 2), none, Matrix.of(floats, 2, 2)));
    }

    private static String outcome(Matrix lhs, PackedRhs rhs, Matrix dst) {
        try {
            Overlap.check(OperandNames.PRODUCT, lhs, rhs, dst);
            return "taken";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
