package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.reference.Conv2dReference;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Depthwise convolutions of any shape are, bit for bit, what the reference gives; and nothing else is written. */
final class DrivenDepthwiseConv2dTest {
    private static final int PROBLEMS = 1500;

    /** Any shape: one filter to a channel or several, and kernels that reach over an image's edges and beyond. */
    private static Conv2dShape shape(SplittableRandom random) {
        final int multiplier = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
        final Conv2dShape strided = Conv2dShape.depthwise(
                        1 + random.nextInt(9), multiplier, 1 + random.nextInt(4), 1 + random.nextInt(4))
                .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
                .dilation(1 + random.nextInt(2), 1 + random.nextInt(2));
        return random.nextInt(3) == 0
                ? strided.samePadding()
                : strided.padding(random.nextInt(4), random.nextInt(4), random.nextInt(4), random.nextInt(4));
    }

    /** Where all of an image is copied at a time, and where as little as can be is: lines wider than that now and then. */
    @ParameterizedTest
    @EnumSource
    void resultsAreTheReferences(DepthwiseKind kind) {
        final List<DepthwiseConv2dKernel> kernels =
                List.of(kind.kernel(Host.current()), kind.kernel(ConvolvedKind.NO_CACHE));
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
                final Images src = ConvolvedImages.random(random, shape, kind.src(), random.nextInt(6) == 0 ? 120 : 10);
                final Images dst = ConvolvedImages.room(random, shape, kind.dst(), src);
                final Weights filters = kind.filters(random, shape);
                final RunOptions options = ConvolvedImages.options(random, true, dst, pool);
                final String what = "seed " + seed + ": " + shape + ", " + src + ", " + options;
                final DepthwiseConv2dKernel kernel = kernels.get((int) (seed % kernels.size()));
                kernel.run(src, kernel.packFilters(shape, filters), dst, options);
                final Images expected = Conv2dReference.convolve(shape, src, filters, kind.reference(options));
                results.addAndGet(ConvolvedImages.assertSame(expected.pixels(), dst.pixels(), options, what));
            }
        }
        assertTrue(results.get() > 20 * PROBLEMS, () -> results + " results");
        assertTrue(shared.get() > PROBLEMS / 10, () -> shared + " parts for other threads");
    }

    /** Sums that binary32 does not hold are of several: as many taps as make the largest there is. */
    @Test
    void sumsOfManyTapsAreExact() {
        final Conv2dShape shape = Conv2dShape.depthwise(5, 35, 31);
        final byte[] pixels = new byte[36 * 31 * 5];
        final byte[] values = new byte[5 * 35 * 31];
        Arrays.fill(pixels, Byte.MIN_VALUE);
        Arrays.fill(values, Byte.MIN_VALUE);
        pixels[7] = 1;
        final Images src = Images.of(pixels, 1, 36, 31, 5);
        final Weights filters = Weights.nByK(Matrix.of(values, 5, shape.k()))
                .withScales(1, 1, 1, 1, 1)
                .requantized(new Requantization(1e-6f, 3, 0.25f, -100));
        final Images dst = Images.of(new byte[2 * 5], 1, 2, 1, 5);
        final DepthwiseConv2dKernel kernel = DepthwiseKind.STATIC.kernel(Host.current());
        kernel.run(src, kernel.packFilters(shape, filters), dst);
        final Images expected =
                Conv2dReference.convolve(shape, src, filters, DepthwiseKind.STATIC.reference(RunOptions.DEFAULT));
        ConvolvedImages.assertSame(expected.pixels(), dst.pixels(), RunOptions.DEFAULT, "many taps");
    }
}
