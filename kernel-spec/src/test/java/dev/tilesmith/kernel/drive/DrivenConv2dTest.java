package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.reference.Conv2dReference;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
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
                final Images src = ConvolvedImages.random(random, shape, kind.src(), 10);
                final Images dst = ConvolvedImages.room(random, shape, kind.dst(), src);
                final Weights filters = kind.filters(random, shape);
                final RunOptions options = ConvolvedImages.options(random, kind.clamps(), dst, pool);
                final String what = "seed " + seed + ": " + shape + ", " + src + ", " + options;
                kernel.run(src, kernel.packFilters(shape, filters), dst, options);
                final Images expected = Conv2dReference.convolve(shape, src, filters, kind.reference(options));
                results.addAndGet(ConvolvedImages.assertSame(expected.pixels(), dst.pixels(), options, what));
            }
        }
        assertTrue(results.get() > 20 * PROBLEMS, () -> results + " results");
        assertTrue(shared.get() > PROBLEMS / 10, () -> shared + " parts for other threads");
    }
}
