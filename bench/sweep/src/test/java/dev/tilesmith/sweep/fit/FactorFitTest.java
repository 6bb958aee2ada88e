package dev.tilesmith.sweep.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Schedule.Prefetch;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.fit.Observation.Trial;
import dev.tilesmith.tune.CostGroup;
import dev.tilesmith.tune.CostModel;
import dev.tilesmith.tune.Factor;
import dev.tilesmith.tune.Factors;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** From times that the model itself made, with other factors, the fit finds some with which it says the same. */
final class FactorFitTest {
    private static final CacheSizes CACHES = CacheSizes.DEFAULT;
    private static final Factors START = CostGroup.AVX2_FLOATS.factors();
    private static final Factors TRUE =
            START.with(Factor.WEIGHT, 2.5).with(Factor.ROW, 1.7).with(Factor.PASS, 2.5);

    /** Every trial has a clock of its own. */
    private static Sample sample(Factors factors, double noise) {
        final Random random = new Random(11);
        final List<Observation> all = new ArrayList<>();
        for (final ShapeClass shape : ShapeClass.all()) {
            final double nanos = 0.1 + random.nextDouble();
            for (int unroll = 1; unroll <= 4; unroll *= 2) {
                for (int vectors = 1; vectors <= 4; vectors++) {
                    for (int mr = 1; mr * vectors <= 12; mr++) {
                        final double off = Math.exp(noise * random.nextGaussian());
                        all.add(observation(shape, variant(mr, 8 * vectors, unroll), factors, nanos * off));
                    }
                }
            }
        }
        return Sample.of(all);
    }

    private static Variant variant(int mr, int nr, int unroll) {
        return new Variant(
                Format.F32, Format.F32, Format.F32, mr, nr, 1, Target.AVX2, new Schedule(unroll, Prefetch.AHEAD));
    }

    private static Observation observation(ShapeClass shape, Variant variant, Factors factors, double nanosOfACycle) {
        final Work work = Work.of(shape);
        final double nanos = nanosOfACycle * new CostModel(factors, CACHES).cycles(variant, work);
        return new Observation(
                new Trial(0, work.toString(), shape), variant, work, CACHES, nanos, 0.99 * nanos, 1.01 * nanos);
    }

    @Test
    void timesThatTheModelMadeAreToldAgain() {
        final Sample sample = sample(TRUE, 0);
        assertTrue(sample.error(START) > 0.07, () -> "off by " + sample.error(START));
        final Factors fitted = new FactorFit(sample, START).run();
        assertTrue(sample.error(fitted) < 0.02, () -> "off by " + sample.error(fitted));
        sample.trials()
                .values()
                .forEach(trial -> assertEquals(0, Ranking.of(trial, fitted).loss(), 0.02));
    }

    @Test
    void noiseIsFittedNoCloserThanItIs() {
        final Sample sample = sample(TRUE, 0.05);
        final Factors fitted = new FactorFit(sample, START).run();
        assertEquals(0.05, sample.error(fitted), 0.01);
    }

    @Test
    void whatIsGivenStaysAndWhatFitsDoesNotMove() {
        final Factors fitted = new FactorFit(sample(START, 0), START).run();
        for (final Factor factor : Factor.values()) {
            assertEquals(START.get(factor), fitted.get(factor), 1e-3 * START.get(factor), factor::code);
        }
    }

    @Test
    void aRankingSaysWhatAWrongChoiceLoses() {
        final ShapeClass shape = ShapeClass.named("few/cache");
        final Observation right = observation(shape, variant(6, 16, 1), TRUE, 1);
        final Observation wrong = new Observation(
                right.trial(),
                variant(1, 8, 1),
                right.work(),
                CACHES,
                right.nanos() / 2,
                right.low() / 2,
                right.high() / 2);
        final Ranking ranking = Ranking.of(List.of(right, wrong), TRUE);
        assertEquals(-1, ranking.correlation().orElseThrow(), 1e-12);
        assertEquals(1, ranking.loss(), 1e-12);
        assertEquals(2 * 0.99 / 1.01 - 1, ranking.sure(), 1e-12);
        assertEquals(0, Ranking.of(List.of(right, right), TRUE).loss());
        assertTrue(Ranking.of(List.of(right, right), TRUE).correlation().isEmpty());
    }

    @Test
    void oneAloneIsNothingToFit() {
        final Sample alone = Sample.of(List.of(observation(ShapeClass.all().getFirst(), variant(6, 16, 1), TRUE, 1)));
        assertEquals(0, alone.size());
        assertThrows(IllegalArgumentException.class, () -> new FactorFit(alone, START).run());
    }
}
