package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.reference.Conv2dReference;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolutions of any shape are, bit for bit, what the reference gives; and nothing else is written. */
final class DrivenConv2dTest {
    private static final int PROBLEMS = 1500;
    private static final int UNTOUCHED = 0x55;

    /** Any shape: pixels alone as often as not; in groups, with kernels that reach over an image's edges and beyond. */
    private static Conv2dShape shape(SplittableRandom random) {
        final int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
        final boolean pixels = random.nextInt(6) == 0;
        final Conv2dShape plain = Conv2dShape.of(
                groups * (1 + random.nextInt(4)),
                groups * (1 + random.nextInt(6)),
                pixels ? 1 : 1 + random.nextInt(4),
                pixels ? 1 : 1 + random.nextInt(4));
        final Conv2dShape grouped = plain.groups(groups);
        if (pixels && random.nextBoolean()) {
            return grouped;
        }
        final Conv2dShape strided = grouped.stride(1 + random.nextInt(3), 1 + random.nextInt(3))
                .dilation(1 + random.nextInt(2), 1 + random.nextInt(2));
        return random.nextInt(3) == 0
                ? strided.samePadding()
                : strided.padding(random.nextInt(4), random.nextInt(4), random.nextInt(4), random.nextInt(4));
    }

    /** A side of images that the kernel fits on, when padded; of no pixels now and then. */
    private static int side(SplittableRandom random, int span, int padding) {
        return Math.max(span - padding, random.nextInt(10));
    }

    private static Images images(SplittableRandom random, Conv2dShape shape, ConvolvedKind kind) {
        final boolean same = shape.samePadding().equals(shape);
        final int vertical = (shape.kernelHeight() - 1) * shape.dilationHeight() + 1;
        final int horizontal = (shape.kernelWidth() - 1) * shape.dilationWidth() + 1;
        final int height = side(random, same ? 0 : vertical, same ? 0 : (int) shape.paddingTop(0));
        final int width = side(random, same ? 0 : horizontal, same ? 0 : (int) shape.paddingLeft(0));
        final int count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2);
        final Matrix pixels = kind.src().matrix(random, count * height * width, shape.inputChannels());
        ConvolvedKind.fill(pixels, random, random.nextInt(3) == 0 ? 20 : 0);
        return new Images(count, height, width, pixels);
    }

    private static Images room(SplittableRandom random, Conv2dShape shape, ConvolvedKind kind, Images src) {
        final int height = shape.outputHeight(src.height());
        final int width = shape.outputWidth(src.width());
        final Matrix pixels = kind.dst().matrix(random, src.count() * height * width, shape.outputChannels());
        for (int at = 0; at < Cells.size(pixels); at++) {
            Cells.set(pixels, at, UNTOUCHED);
        }
        return new Images(src.count(), height, width, pixels);
    }

    private static RunOptions options(SplittableRandom random, ConvolvedKind kind, Images dst, Executor pool) {
        RunOptions options = RunOptions.DEFAULT;
        if (kind.clamps() && random.nextBoolean()) {
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

    @ParameterizedTest
    @EnumSource
    void resultsAreTheReferences(ConvolvedKind kind) {
        final Conv2dKernel kernel = kind.kernel();
        final AtomicInteger results = new AtomicInteger();
        final AtomicInteger shared = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            final Executor pool = task -> {
                shared.incrementAndGet();
                threads.execute(task);
            };
            for (long seed = 0; seed < PROBLEMS; seed++) {
                final SplittableRandom random = new SplittableRandom(seed);
                final Conv2dShape shape = shape(random);
                final Images src = images(random, shape, kind);
                final Images dst = room(random, shape, kind, src);
                final Weights filters = kind.filters(random, shape);
                final RunOptions options = options(random, kind, dst, pool);
                final String what = "seed " + seed + ": " + shape + ", " + src + ", " + options;
                kernel.run(src, kernel.packFilters(shape, filters), dst, options);
                final Images expected = Conv2dReference.convolve(shape, src, filters, kind.reference(options));
                results.addAndGet(assertSame(expected.pixels(), dst.pixels(), options, what));
            }
        }
        assertTrue(results.get() > 20 * PROBLEMS, () -> results + " results");
        assertTrue(shared.get() > PROBLEMS / 10, () -> shared + " parts for other threads");
    }

    /** That the portion has the results that are expected, and the rest is as it was; how many they are. */
    private static int assertSame(Matrix expected, Matrix dst, RunOptions options, String what) {
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
