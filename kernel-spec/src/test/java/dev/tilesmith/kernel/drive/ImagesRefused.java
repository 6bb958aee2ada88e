package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What no convolution can do is refused by name, and nothing is written then: of images of two channels by kernels of 3 × 3, to images of
 * four.
 */
abstract class ImagesRefused {
    private static final float UNTOUCHED = 7f;

    final Images src = Images.of(new float[50], 1, 5, 5, 2);
    private final float[] results = filled(36);
    final Images dst = Images.of(results, 1, 3, 3, 4);

    static Weights weights(int n, int k) {
        return Weights.nByK(Matrix.of(new float[n * k], n, k));
    }

    private static float[] filled(int count) {
        final float[] values = new float[count];
        Arrays.fill(values, UNTOUCHED);
        return values;
    }

    final void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
        assertUntouched();
    }

    final void assertUntouched() {
        assertArrayEquals(filled(36), results);
    }

    /** Convolves, without padding or bias. */
    abstract void run(Images from, Images to, RunOptions options);

    /** The same with padding of 1, 2, 3 and 4 pixels, and a bias of 1, 2, 3 and 4. */
    abstract void runPadded(Images from, Images to);

    /** The memory of some packed filters of {@link #run}. */
    abstract MemorySegment packed();

    private void run(Images from, Images to) {
        run(from, to, RunOptions.DEFAULT);
    }

    @Test
    void imagesAreOfTheShape() {
        assertRefused(
                "src: pixels of 1 channels; expected 2 as the filters have",
                () -> run(Images.of(new float[50], 2, 5, 5, 1), dst));
        assertRefused(
                "dst: 1 x 3 x 3 pixels of 4 channels; expected 1 x 4 x 3 pixels of 4 channels",
                () -> run(Images.of(new float[60], 1, 6, 5, 2), dst));
        assertRefused(
                "dst: 1 x 3 x 3 pixels of 4 channels; expected 2 x 3 x 3 pixels of 4 channels",
                () -> run(Images.of(new float[100], 2, 5, 5, 2), dst));
        assertRefused(
                "dst: 1 x 3 x 3 pixels of 3 channels; expected 1 x 3 x 3 pixels of 4 channels",
                () -> run(src, Images.of(new float[27], 1, 3, 3, 3)));
        assertRefused(
                "inputWidth: 2; the kernel spans 3, and padding adds 0: expected 3 or more",
                () -> run(Images.of(new float[20], 1, 5, 2, 2), dst));
    }

    @Test
    void portionsAreOfPixelsAndChannels() {
        assertRefused("rows: 3 from 7; the output has 9 rows", () -> run(src, dst, RunOptions.DEFAULT.rows(7, 3)));
        assertRefused(
                "columns: 1 from 4; the output has 4 columns", () -> run(src, dst, RunOptions.DEFAULT.columns(4, 1)));
        run(src, dst, RunOptions.DEFAULT.rows(9, 0));
        run(src, dst, RunOptions.DEFAULT.columns(4, 0));
        assertUntouched();
    }

    /** By pixel and channel; also of a pixel that no kernel reads. */
    @Test
    void pixelsAreFiniteWhereThatIsAsked() {
        final float[] data = new float[50];
        data[31] = Float.NaN;
        assertRefused(
                "src: pixel 15 has NaN in channel 1; expected finite values, as RunOptions.requireFiniteRows asks",
                () -> run(Images.of(data, 1, 5, 5, 2), dst, RunOptions.DEFAULT.requireFiniteRows()));
        run(src, dst, RunOptions.DEFAULT.requireFiniteRows());
        assertEquals(0f, results[35]);
    }

    @Test
    void elementsAreThoseOfTheFormats() {
        assertRefused(
                "src: 25 x 2 in a byte[]; expected f32: a float[] or a segment of floats",
                () -> run(Images.of(new byte[50], 1, 5, 5, 2), dst));
        assertRefused(
                "dst: 9 x 4 in a short[]; expected f32: a float[] or a segment of floats",
                () -> run(src, Images.of(new short[36], 1, 3, 3, 4)));
    }

    @Test
    void resultsHaveElementsOfTheirOwn() {
        final float[] shared = new float[200];
        final Images from = new Images(1, 5, 5, Matrix.of(shared, 0, 25, 2, 8));
        final Images between = new Images(1, 3, 3, Matrix.of(shared, 2, 9, 4, 8));
        final Images over = new Images(1, 3, 3, Matrix.of(shared, 1, 9, 4, 8));
        run(from, between);
        assertRefused("dst: overlaps src in one array; expected elements of its own", () -> run(from, over));
        final MemorySegment memory = Arena.ofAuto().allocate(800);
        assertRefused(
                "dst: overlaps src; expected memory of its own",
                () -> run(
                        new Images(1, 5, 5, Matrix.of(memory, 25, 2)),
                        new Images(1, 3, 3, Matrix.of(memory, 40, 9, 4, 4))));
        assertRefused(
                "dst: overlaps the packed filters; expected memory of its own",
                () -> run(src, new Images(1, 3, 3, Matrix.of(packed(), 9, 4))));
    }

    @Test
    void memoryIsAliveAndForAllThreads() {
        final Arena closed = Arena.ofShared();
        final Images gone = new Images(1, 5, 5, Matrix.of(closed.allocate(200), 25, 2));
        closed.close();
        assertRefused("src: its arena is closed; expected memory that is alive", () -> run(gone, dst));
        try (Arena mine = Arena.ofConfined()) {
            final Images confined = new Images(1, 5, 5, Matrix.of(mine.allocate(200), 25, 2));
            assertRefused(
                    "src: confined to the calling thread, with parallelism 2; expected memory of a shared or automatic"
                            + " arena, or parallelism 1",
                    () -> run(confined, dst, RunOptions.DEFAULT.on(Runnable::run, 2)));
        }
        final MemorySegment readOnly = Arena.ofAuto().allocate(144).asReadOnly();
        assertRefused(
                "dst: a read-only segment; expected one that can be written",
                () -> run(src, new Images(1, 3, 3, Matrix.of(readOnly, 9, 4))));
    }

    /** The whole of a padded image may be padding, and there may be no image at all. */
    @Test
    void imagesMayHaveNoPixels() {
        final float[] four = new float[4 * 2 * 4];
        runPadded(Images.of(new float[0], 1, 0, 0, 2), Images.of(four, 1, 2, 4, 4));
        for (int i = 0; i < four.length; i++) {
            assertEquals(1f + i % 4, four[i]);
        }
        run(Images.of(new float[0], 0, 5, 5, 2), Images.of(new float[0], 0, 3, 3, 4));
    }
}
