package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.PackedFilters;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a convolution cannot do is refused by name, and nothing is written then. */
final class ConvolutionRefusedTest {
    private static final Conv2dShape SHAPE = Conv2dShape.of(2, 4, 3, 3);
    private static final Conv2dKernel KERNEL = ConvolvedKind.FLOATS.kernel();
    private static final float UNTOUCHED = 7f;

    private final PackedFilters filters = KERNEL.packFilters(SHAPE, weights(4, 18));
    private final Images src = Images.of(new float[50], 1, 5, 5, 2);
    private final float[] results = filled(36);
    private final Images dst = Images.of(results, 1, 3, 3, 4);

    private static Weights weights(int n, int k) {
        return Weights.nByK(Matrix.of(new float[n * k], n, k));
    }

    private static float[] filled(int count) {
        final float[] values = new float[count];
        Arrays.fill(values, UNTOUCHED);
        return values;
    }

    private void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
        assertArrayEquals(filled(36), results);
    }

    @Test
    void filtersAreOfTheShape() {
        assertRefused(
                "filters: 4 x 17; expected outputChannels x values of a filter = 4 x 18",
                () -> KERNEL.packFilters(SHAPE, weights(4, 17)));
        assertRefused(
                "filters: 3 x 18; expected outputChannels x values of a filter = 4 x 18",
                () -> KERNEL.packFilters(SHAPE, weights(3, 18)));
        assertRefused(
                "filters: 4 x 18; expected outputChannels x values of a filter = 4 x 9",
                () -> KERNEL.packFilters(SHAPE.groups(2), weights(4, 18)));
        assertRefused(
                "groups: 1; expected 2 as in the shape", () -> new PackedFilters(SHAPE.groups(2), filters.groups(), 0));
        assertRefused(
                "groups: 4 x 18; expected filters x values = 4 x 12 as in the shape",
                () -> new PackedFilters(Conv2dShape.of(2, 4, 2, 3), filters.groups(), 0));
        assertRefused("paddingValue: 128; expected -128 to 127", () -> new PackedFilters(SHAPE, filters.groups(), 128));
    }

    @Test
    void imagesAreOfTheShape() {
        assertRefused(
                "src: pixels of 1 channels; expected 2 as the filters have",
                () -> KERNEL.run(Images.of(new float[50], 2, 5, 5, 1), filters, dst));
        assertRefused(
                "dst: 1 x 3 x 3 pixels of 4 channels; expected 1 x 4 x 3 pixels of 4 channels",
                () -> KERNEL.run(Images.of(new float[60], 1, 6, 5, 2), filters, dst));
        assertRefused(
                "dst: 1 x 3 x 3 pixels of 4 channels; expected 2 x 3 x 3 pixels of 4 channels",
                () -> KERNEL.run(Images.of(new float[100], 2, 5, 5, 2), filters, dst));
        assertRefused(
                "dst: 1 x 3 x 3 pixels of 3 channels; expected 1 x 3 x 3 pixels of 4 channels",
                () -> KERNEL.run(src, filters, Images.of(new float[27], 1, 3, 3, 3)));
        assertRefused(
                "inputWidth: 2; the kernel spans 3, and padding adds 0: expected 3 or more",
                () -> KERNEL.run(Images.of(new float[20], 1, 5, 2, 2), filters, dst));
    }

    @Test
    void elementsAreThoseOfTheFormats() {
        assertRefused(
                "src: 25 x 2 in a byte[]; expected f32: a float[] or a segment of floats",
                () -> KERNEL.run(Images.of(new byte[50], 1, 5, 5, 2), filters, dst));
        assertRefused(
                "dst: 9 x 4 in a short[]; expected f32: a float[] or a segment of floats",
                () -> KERNEL.run(src, filters, Images.of(new short[36], 1, 3, 3, 4)));
        final Conv2dKernel sums = ConvolvedKind.SUMS.kernel();
        assertRefused(
                "filters: packed as f32p4x1b; this kernel of target SCALAR reads qsi8cxp4x1bi32: pack the filters with it",
                () -> sums.run(Images.of(new byte[50], 1, 5, 5, 2), filters, Images.of(new int[36], 1, 3, 3, 4)));
        assertRefused(
                "clamp: this kernel is declared with clamp = false; declare it with clamp = true to bound results",
                () -> sums.run(
                        Images.of(new byte[50], 1, 5, 5, 2),
                        filters,
                        Images.of(new int[36], 1, 3, 3, 4),
                        RunOptions.DEFAULT.clamp(0, 1)));
    }

    @Test
    void portionsAreOfPixelsAndChannels() {
        assertRefused(
                "rows: 3 from 7; the output has 9 rows",
                () -> KERNEL.run(src, filters, dst, RunOptions.DEFAULT.rows(7, 3)));
        assertRefused(
                "columns: 1 from 4; the output has 4 columns",
                () -> KERNEL.run(src, filters, dst, RunOptions.DEFAULT.columns(4, 1)));
        KERNEL.run(src, filters, dst, RunOptions.DEFAULT.rows(9, 0));
        KERNEL.run(src, filters, dst, RunOptions.DEFAULT.columns(4, 0));
        assertArrayEquals(filled(36), results);
    }

    @Test
    void resultsHaveElementsOfTheirOwn() {
        final float[] shared = new float[200];
        final Images from = new Images(1, 5, 5, Matrix.of(shared, 0, 25, 2, 8));
        final Images between = new Images(1, 3, 3, Matrix.of(shared, 2, 9, 4, 8));
        final Images over = new Images(1, 3, 3, Matrix.of(shared, 1, 9, 4, 8));
        KERNEL.run(from, filters, between);
        assertRefused(
                "dst: overlaps src in one array; expected elements of its own", () -> KERNEL.run(from, filters, over));
        final MemorySegment memory = Arena.ofAuto().allocate(800);
        assertRefused(
                "dst: overlaps src; expected memory of its own",
                () -> KERNEL.run(
                        new Images(1, 5, 5, Matrix.of(memory, 25, 2)),
                        filters,
                        new Images(1, 3, 3, Matrix.of(memory, 40, 9, 4, 4))));
        final MemorySegment packed = filters.groups().getFirst().data();
        assertRefused(
                "dst: overlaps the packed filters; expected memory of its own",
                () -> KERNEL.run(src, filters, new Images(1, 3, 3, Matrix.of(packed, 9, 4))));
    }

    @Test
    void memoryIsAliveAndForAllThreads() {
        final Arena closed = Arena.ofShared();
        final Images gone = new Images(1, 5, 5, Matrix.of(closed.allocate(200), 25, 2));
        final PackedFilters goneFilters = KERNEL.packFilters(SHAPE, weights(4, 18), PackOptions.in(closed));
        closed.close();
        assertRefused("src: its arena is closed; expected memory that is alive", () -> KERNEL.run(gone, filters, dst));
        assertRefused(
                "filters: its arena is closed; expected memory that is alive", () -> KERNEL.run(src, goneFilters, dst));
        try (Arena mine = Arena.ofConfined()) {
            final Images confined = new Images(1, 5, 5, Matrix.of(mine.allocate(200), 25, 2));
            assertRefused(
                    "src: confined to the calling thread, with parallelism 2; expected memory of a shared or automatic"
                            + " arena, or parallelism 1",
                    () -> KERNEL.run(confined, filters, dst, RunOptions.DEFAULT.on(Runnable::run, 2)));
        }
        final MemorySegment readOnly = Arena.ofAuto().allocate(144).asReadOnly();
        assertRefused(
                "dst: a read-only segment; expected one that can be written",
                () -> KERNEL.run(src, filters, new Images(1, 3, 3, Matrix.of(readOnly, 9, 4))));
    }

    /** By pixel and channel; also of a pixel that no kernel reads. */
    @Test
    void pixelsAreFiniteWhereThatIsAsked() {
        final float[] data = new float[50];
        data[31] = Float.NaN;
        assertRefused(
                "src: pixel 15 has NaN in channel 1; expected finite values, as RunOptions.requireFiniteRows asks",
                () -> KERNEL.run(Images.of(data, 1, 5, 5, 2), filters, dst, RunOptions.DEFAULT.requireFiniteRows()));
        KERNEL.run(src, filters, dst, RunOptions.DEFAULT.requireFiniteRows());
        assertEquals(0f, results[35]);
    }

    /** The whole of a padded image may be padding, and there may be no image at all. */
    @Test
    void imagesMayHaveNoPixels() {
        final Weights biased = weights(4, 18).withBias(1, 2, 3, 4);
        final PackedFilters padded = KERNEL.packFilters(SHAPE.padding(1, 2, 3, 4), biased);
        final float[] four = new float[4 * 2 * 4];
        KERNEL.run(Images.of(new float[0], 1, 0, 0, 2), padded, Images.of(four, 1, 2, 4, 4));
        for (int i = 0; i < four.length; i++) {
            assertEquals(1f + i % 4, four[i]);
        }
        KERNEL.run(Images.of(new float[0], 0, 5, 5, 2), filters, Images.of(new float[0], 0, 3, 3, 4));
        final PackedFilters same = KERNEL.packFilters(SHAPE.samePadding(), biased);
        KERNEL.run(Images.of(new float[0], 3, 0, 5, 2), same, Images.of(new float[0], 3, 0, 5, 4));
    }

    /** A declared interface that is serializable. */
    private interface SerializableConv extends Conv2dKernel, Serializable {}

    private static final class Stored extends DrivenConv2d implements SerializableConv {
        private static final long serialVersionUID = 1;

        Stored() {
            super(ConvolvedKind.FLOATS.lineup(), true);
        }
    }

    @Test
    void kernelsAreNotSerialized() {
        assertThrows(NotSerializableException.class, () -> new ObjectOutputStream(new ByteArrayOutputStream())
                .writeObject(new Stored()));
        assertEquals(List.of(1, 2, 3), KERNEL.family().mrs());
    }
}
