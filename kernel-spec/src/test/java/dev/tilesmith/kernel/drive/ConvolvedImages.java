package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.drive.Cells.Elements;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/** Images for convolutions of any shape, room for what becomes of them, and whether that is what it should be. */
final class ConvolvedImages {
    private static final int UNTOUCHED = 0x55;

    private ConvolvedImages() {}

    /** A side of images that the kernel fits on, when padded; of no pixels now and then. */
    private static int side(SplittableRandom random, int span, int padding, int most) {
        return Math.max(span - padding, random.nextInt(most));
    }

    /**
     * Images of any values.
     *
     * @param mostColumns the end of how wide they are
     */
    static Images random(SplittableRandom random, Conv2dShape shape, Elements elements, int mostColumns) {
        final boolean same = shape.samePadding().equals(shape);
        final int vertical = (shape.kernelHeight() - 1) * shape.dilationHeight() + 1;
        final int horizontal = (shape.kernelWidth() - 1) * shape.dilationWidth() + 1;
        final int height = side(random, same ? 0 : vertical, same ? 0 : (int) shape.paddingTop(0), 10);
        final int width = side(random, same ? 0 : horizontal, same ? 0 : (int) shape.paddingLeft(0), mostColumns);
        final int count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2);
        final Matrix pixels = elements.matrix(random, count * height * width, shape.inputChannels());
        ConvolvedKind.fill(pixels, random, random.nextInt(3) == 0 ? 20 : 0);
        return new Images(count, height, width, pixels);
    }

    /** Room for results, with a mark in all of it. */
    static Images room(SplittableRandom random, Conv2dShape shape, Elements elements, Images src) {
        final int height = shape.outputHeight(src.height());
        final int width = shape.outputWidth(src.width());
        final Matrix pixels = elements.matrix(random, src.count() * height * width, shape.outputChannels());
        for (int at = 0; at < Cells.size(pixels); at++) {
            Cells.set(pixels, at, UNTOUCHED);
        }
        return new Images(src.count(), height, width, pixels);
    }

    /** Any bounds, portion, and number of threads. */
    static RunOptions options(SplittableRandom random, boolean clamps, Images dst, Executor pool) {
        RunOptions options = RunOptions.DEFAULT;
        if (clamps && random.nextBoolean()) {
            options = options.clamp(-random.nextInt(3), random.nextInt(1, 4));
        }
        if (random.nextInt(3) == 0) {
            final int first = random.nextInt(dst.pixels().rows() + 1);
            options = options.rows(first, random.nextInt(dst.pixels().rows() - first + 1));
        }
        if (random.nextInt(3) == 0) {
            final int first = random.nextInt(dst.channels() + 1);
            options = options.columns(first, random.nextInt(dst.channels() - first + 1));
        }
        return random.nextBoolean() ? options.on(pool, 1 + random.nextInt(3)) : options;
    }

    /** That the portion has the results that are expected, and the rest is as it was; how many they are. */
    static int assertSame(Matrix expected, Matrix dst, RunOptions options, String what) {
        final Portion portion = Portion.of(options, dst);
        final boolean[] written = new boolean[Cells.size(dst)];
        for (int row = portion.firstRow(); row < portion.endRow(); row++) {
            for (int column = portion.firstColumn(); column < portion.endColumn(); column++) {
                final int at = Cells.at(dst, row, column);
                written[at] = true;
                final int bits = Cells.get(expected, Cells.at(expected, row, column));
                assertEquals(canonical(expected, bits), canonical(expected, Cells.get(dst, at)), () -> what);
            }
        }
        for (int at = 0; at < written.length; at++) {
            assertTrue(written[at] || Cells.get(dst, at) == UNTOUCHED, what);
        }
        return portion.rows() * portion.columns();
    }

    /** Any NaN is as good as any. */
    private static int canonical(Matrix like, int bits) {
        return like instanceof Matrix.Floats ? Float.floatToIntBits(Float.intBitsToFloat(bits)) : bits;
    }
}
