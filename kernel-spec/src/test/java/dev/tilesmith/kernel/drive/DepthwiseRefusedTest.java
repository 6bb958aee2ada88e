package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedDepthwiseFilters;
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

/** What a depthwise convolution cannot do is refused by name, and nothing is written then. */
final class DepthwiseRefusedTest {
    private static final Conv2dShape SHAPE = Conv2dShape.depthwise(2, 2, 3, 3);
    private static final DepthwiseConv2dKernel KERNEL = DepthwiseKind.FLOATS.kernel(Host.current());
    private static final float UNTOUCHED = 7f;

    private final PackedDepthwiseFilters filters = KERNEL.packFilters(SHAPE, weights(4, 9));
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
    void shapesHaveAGroupForEachChannel() {
        final String message =
                "shape: 1 groups of 2 input channels; a depthwise convolution has a group for each: Conv2dShape.depthwise";
        final Conv2dShape all = Conv2dShape.of(2, 4, 3, 3);
        assertRefused(message, () -> KERNEL.packFilters(all, weights(4, 18)));
        assertRefused(message, () -> new PackedDepthwiseFilters(all, filters.values()));
    }

    @Test
    void filtersAreOfTheShape() {
        assertRefused(
                "filters: 4 x 8; expected outputChannels x values of a filter = 4 x 9",
                () -> KERNEL.packFilters(SHAPE, weights(4, 8)));
        assertRefused(
                "filters: 2 x 9; expected outputChannels x values of a filter = 4 x 9",
                () -> KERNEL.packFilters(SHAPE, weights(2, 9)));
        assertRefused(
                "values: 4 x 9; expected filters x values = 4 x 6 as in the shape",
                () -> new PackedDepthwiseFilters(Conv2dShape.depthwise(2, 2, 2, 3), filters.values()));
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
        final DepthwiseConv2dKernel unbounded =
                new DrivenDepthwiseConv2d(DepthwiseKind.FLOATS.lineup(Host.current()), false) {};
        assertRefused(
                "clamp: this kernel is declared with clamp = false; declare it with clamp = true to bound results",
                () -> unbounded.run(src, filters, dst, RunOptions.DEFAULT.clamp(0, 1)));
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
        assertRefused(
                "dst: overlaps the packed filters; expected memory of its own",
                () -> KERNEL.run(
                        src,
                        filters,
                        new Images(1, 3, 3, Matrix.of(filters.values().data(), 9, 4))));
    }

    @Test
    void memoryIsAliveAndForAllThreads() {
        final Arena closed = Arena.ofShared();
        final Images gone = new Images(1, 5, 5, Matrix.of(closed.allocate(200), 25, 2));
        closed.close();
        assertRefused("src: its arena is closed; expected memory that is alive", () -> KERNEL.run(gone, filters, dst));
        try (Arena mine = Arena.ofConfined()) {
            final Images confined = new Images(1, 5, 5, Matrix.of(mine.allocate(200), 25, 2));
            assertRefused(
                    "src: confined to the calling thread, with parallelism 2; expected memory of a shared or automatic"
                            + " arena, or parallelism 1",
                    () -> KERNEL.run(confined, filters, dst, RunOptions.DEFAULT.on(Runnable::run, 2)));
        }
    }

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

    /** Nobody reads what these images would have. */
    @Test
    @SuppressWarnings("restricted") // of memory that is not there
    void whatAKernelSpansIsAnArray() {
        final MemorySegment memory = MemorySegment.ofAddress(1 << 12).reinterpret(1L << 35);
        final Images wide = new Images(1, 1, 1 << 30, Matrix.of(memory, 1 << 30, 8));
        final Conv2dShape shape =
                Conv2dShape.depthwise(8, 1, 2).dilation(1, 1 << 29).stride(1, 1 << 30);
        assertRefused(
                "src: lines under a kernel: 4294967308 elements; a Java array has 2147483639 at most",
                () -> KERNEL.run(wide, KERNEL.packFilters(shape, weights(8, 2)), Images.of(new float[8], 1, 1, 1, 8)));
    }

    /** Packed weights of one layout are alike, but families are of their operation. */
    @Test
    void familiesAreOfTheirOperation() {
        final DepthwiseConv2dKernel multiplying = new DrivenDepthwiseConv2d(ConvolvedKind.FLOATS.lineup(), true) {};
        final Conv2dKernel convolving = new DrivenConv2d(DepthwiseKind.FLOATS.lineup(Host.current()), true) {};
        final Conv2dShape shape = Conv2dShape.of(2, 4, 3, 3);
        final PackedFilters packed = convolving.packFilters(shape, weights(4, 18));
        assertThrows(IllegalStateException.class, () -> multiplying.run(src, filters, dst));
        assertThrows(IllegalStateException.class, () -> convolving.run(src, packed, dst));
        assertArrayEquals(filled(36), results);
    }

    @Test
    void imagesMayHaveNoPixels() {
        final Weights biased = weights(4, 9).withBias(1, 2, 3, 4);
        final PackedDepthwiseFilters padded = KERNEL.packFilters(SHAPE.padding(1, 2, 3, 4), biased);
        final float[] four = new float[4 * 2 * 4];
        KERNEL.run(Images.of(new float[0], 1, 0, 0, 2), padded, Images.of(four, 1, 2, 4, 4));
        for (int i = 0; i < four.length; i++) {
            assertEquals(1f + i % 4, four[i]);
        }
        KERNEL.run(Images.of(new float[0], 0, 5, 5, 2), filters, Images.of(new float[0], 0, 3, 3, 4));
    }

    /** A declared interface that is serializable. */
    private interface SerializableDepthwise extends DepthwiseConv2dKernel, Serializable {}

    private static final class Stored extends DrivenDepthwiseConv2d implements SerializableDepthwise {
        private static final long serialVersionUID = 1;

        Stored() {
            super(DepthwiseKind.FLOATS.lineup(Host.current()), true);
        }
    }

    @Test
    void kernelsAreNotSerialized() {
        assertThrows(NotSerializableException.class, () -> new ObjectOutputStream(new ByteArrayOutputStream())
                .writeObject(new Stored()));
        assertEquals(List.of(1), KERNEL.family().mrs());
    }
}
