package dev.tilesmith.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Schedule.Prefetch;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.ShapeClass.Reach;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is expected of variants is a time, for whatever product; and what does more takes longer. */
final class CostModelTest {
    private static final int MOST = 3000;
    private static final CacheSizes CACHES = CacheSizes.DEFAULT;
    private static final List<Format> WEIGHTS =
            List.of(Format.F32, Format.QSI8CX, Format.QSI4CX, Format.QSI4C32, Format.QSU2CX, Format.QSI8D32);

    /** Of every target, and formats of each group. */
    static Stream<Variant> variants() {
        final Random random = new Random(7);
        return Stream.of(Target.values()).flatMap(target -> WEIGHTS.stream()
                .map(weights -> new Variant(
                        Format.F32,
                        Format.F32,
                        weights,
                        1 + random.nextInt(14),
                        VectorModel.of(target).lanes() * (1 + random.nextInt(4)),
                        1 << random.nextInt(4),
                        target,
                        new Schedule(1 + random.nextInt(4), Prefetch.AHEAD))));
    }

    private static double cycles(Variant variant, int m, int n, int k, Reach reach) {
        return CostModel.of(variant, CACHES).cycles(variant, new Work(m, n, k, reach));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aTimeIsFiniteAndNoLessThanNothingWhateverTheProduct(Variant variant) {
        final int[] extents = {0, 1, 2, 3, 17, 4096, Integer.MAX_VALUE - 1, Integer.MAX_VALUE};
        for (final int m : extents) {
            for (final int n : extents) {
                for (final int k : extents) {
                    for (final Reach reach : Reach.values()) {
                        final double cycles = cycles(variant, m, n, k, reach);
                        assertTrue(Double.isFinite(cycles) && cycles >= 0, () -> m + " x " + n + " x " + k);
                        assertEquals(m == 0 || n == 0, cycles == 0, () -> m + " x " + n + " x " + k);
                    }
                }
            }
        }
    }

    /** One row, column or value more never takes less, and what comes from memory never comes sooner. */
    @ParameterizedTest
    @MethodSource("variants")
    void moreTakesNoLess(Variant variant) {
        final Random random = new Random(variant.hashCode());
        IntStream.range(0, 300).forEach(_ -> {
            final int m = 1 + random.nextInt(200);
            final int n = 1 + random.nextInt(MOST);
            final int k = 1 + random.nextInt(MOST);
            for (final Reach reach : Reach.values()) {
                final double cycles = cycles(variant, m, n, k, reach);
                assertTrue(cycles(variant, m + 1, n, k, reach) >= cycles, () -> "m " + m + ", " + n + " x " + k);
                assertTrue(cycles(variant, m, n + 1, k, reach) >= cycles, () -> m + ", n " + n + ", " + k);
                assertTrue(cycles(variant, m, n, k + 1, reach) >= cycles, () -> m + " x " + n + ", k " + k);
            }
            assertTrue(cycles(variant, m, n, k, Reach.MEMORY) >= cycles(variant, m, n, k, Reach.CACHE));
        });
    }

    /** Each factor counts somewhere, and more of it is never less: the doubt alone is for those who choose. */
    @ParameterizedTest
    @MethodSource("variants")
    void moreOfAFactorTakesNoLess(Variant variant) {
        final Factors factors = CostGroup.of(variant).factors();
        for (final Factor factor : Factor.values()) {
            final Factors more = factors.with(factor, 3 * factors.get(factor) + 1);
            for (final ShapeClass shape : ShapeClass.all()) {
                final Work work = Work.of(shape);
                assertTrue(
                        new CostModel(more, CACHES).cycles(variant, work)
                                >= new CostModel(factors, CACHES).cycles(variant, work),
                        () -> factor + " of " + shape);
            }
        }
    }

    @Test
    void everyFactorCounts() {
        final Variant variant = avx2(6, 16, 1);
        final Factors none = zero();
        for (final Factor factor : Factor.values()) {
            final double most = ShapeClass.all().stream()
                    .mapToDouble(shape -> new CostModel(none.with(factor, 1), CACHES).cycles(variant, Work.of(shape)))
                    .max()
                    .orElseThrow();
            assertEquals(factor != Factor.DOUBT, most > 0, factor::code);
        }
    }

    private static Factors zero() {
        Factors factors = CostGroup.AVX2_FLOATS.factors();
        for (final Factor factor : Factor.values()) {
            factors = factors.with(factor, 0);
        }
        return factors;
    }

    private static Variant avx2(int mr, int nr, int unroll) {
        return new Variant(
                Format.F32, Format.F32, Format.F32, mr, nr, 1, Target.AVX2, new Schedule(unroll, Prefetch.AHEAD));
    }

    /** With products alone, a product takes so many vectors of them. */
    @Test
    void productsAreCounted() {
        final CostModel products = new CostModel(zero().with(Factor.PRODUCT, 0.5), CACHES);
        assertEquals(
                0.5 * 7 * (2 * 4 + 1) * 100,
                products.cycles(avx2(6, 16, 1), new Work(7, 4 * 16 + 3, 100, Reach.CACHE)));
    }

    /** Columns that no result has are computed by whole vectors, though not by whole panels. */
    @Test
    void wasteCosts() {
        for (int n = 1; n < 64; n++) {
            if (n % 8 != 1) {
                final int width = n;
                assertEquals(
                        cycles(avx2(6, 16, 1), 6, width - 1, 0, Reach.CACHE),
                        cycles(avx2(6, 16, 1), 6, width, 0, Reach.CACHE),
                        () -> width + " columns");
            }
        }
        final double narrow = cycles(avx2(6, 16, 1), 6, 17, 512, Reach.CACHE) / 17;
        final double whole = cycles(avx2(6, 16, 1), 6, 32, 512, Reach.CACHE) / 32;
        assertTrue(narrow > 1.2 * whole, () -> narrow + " and " + whole + " for a column");
    }

    @Test
    void lowTilesReadWeightsMoreOften() {
        for (int mr = 1; mr < 6; mr++) {
            assertTrue(cycles(avx2(mr, 16, 1), 6, 1024, 1024, Reach.CACHE)
                    > cycles(avx2(6, 16, 1), 6, 1024, 1024, Reach.CACHE));
        }
    }

    @Test
    void stepsShareAPass() {
        assertTrue(cycles(avx2(6, 16, 2), 6, 1024, 1024, Reach.CACHE)
                < cycles(avx2(6, 16, 1), 6, 1024, 1024, Reach.CACHE));
    }

    @Test
    void factorsAreFiniteAndThere() {
        final Factors factors = CostGroup.ARM.factors();
        for (final double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            final String told = assertThrows(IllegalArgumentException.class, () -> factors.with(Factor.WEIGHT, wrong))
                    .getMessage();
            assertTrue(told.startsWith("weight: " + wrong + "; expected a number of cycles"), told);
        }
        assertThrows(IllegalArgumentException.class, () -> new Factors(java.util.Map.of()));
    }

    @Test
    void productsHaveNoNegativeExtents() {
        assertThrows(IllegalArgumentException.class, () -> new Work(-1, 1, 1, Reach.CACHE));
        assertThrows(IllegalArgumentException.class, () -> new Work(1, -1, 1, Reach.CACHE));
        assertThrows(IllegalArgumentException.class, () -> new Work(1, 1, -1, Reach.CACHE));
    }
}
