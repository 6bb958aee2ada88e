package dev.tilesmith.sweep.fit;

import dev.tilesmith.tune.Factor;
import dev.tilesmith.tune.Factors;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * The factors with which the model differs least from a sample, by least squares of logarithms, which have kinks: the search
 * takes no slopes. What a product costs, and how long an addition takes, are left as they are: they are commonly known, and
 * times that are compared with each other alone give no scale.
 */
final class FactorFit {
    private static final Set<Factor> GIVEN = EnumSet.of(Factor.PRODUCT, Factor.LATENCY, Factor.DOUBT);

    /** Those that are fitted. */
    static final List<Factor> FITTED =
            EnumSet.complementOf(EnumSet.copyOf(GIVEN)).stream().toList();

    /** What nothing of the sample tells of stays where it was: a factor e times as large costs what an observation does that is 20 % off. */
    private static final double HOLD = 0.2;

    /** What is off by more counts in proportion, and not by its square: it may have been disturbed. */
    private static final double USUAL = 0.1;

    private static final double STEP = 0.3;
    private static final int POPULATION = 16;

    /** The search draws by chance, the same each time. */
    private static final int SEED = 1;

    private static final double LEAST = 1e-4;

    /** Factors beyond e^9 times what they were are as good as endless. */
    private static final double FARTHEST = 9;

    private static final int MOST_GENERATIONS = 1000;

    private final Sample sample;
    private final Factors start;

    /** A fit that begins at {@code start}. */
    FactorFit(Sample sample, Factors start) {
        this.sample = sample;
        this.start = start;
    }

    /**
     * The factors.
     *
     * @throws IllegalArgumentException if the sample is empty
     */
    Factors run() {
        if (sample.size() == 0) {
            throw new IllegalArgumentException("sample: nothing to compare; expected two variants or more at a shape");
        }
        final double[] wide = new double[FITTED.size()];
        Arrays.fill(wide, FARTHEST);
        final double[] steps = new double[FITTED.size()];
        Arrays.fill(steps, STEP);
        final double[] moved = new CMAESOptimizer(
                        MOST_GENERATIONS, 0, true, 0, 0, new MersenneTwister(SEED), false, (_, _, _) -> false)
                .optimize(
                        new ObjectiveFunction(this::cost),
                        GoalType.MINIMIZE,
                        new InitialGuess(new double[FITTED.size()]),
                        new SimpleBounds(
                                Arrays.stream(wide).map(bound -> -bound).toArray(), wide),
                        new CMAESOptimizer.Sigma(steps),
                        new CMAESOptimizer.PopulationSize(POPULATION),
                        MaxEval.unlimited())
                .getPoint();
        return at(moved);
    }

    /** The factors after each was moved, by logarithms. */
    private Factors at(double[] moved) {
        Factors factors = start;
        for (int i = 0; i < moved.length; i++) {
            final Factor factor = FITTED.get(i);
            final double from = Math.max(LEAST, start.get(factor));
            factors = factors.with(factor, from * Math.exp(Math.clamp(moved[i], -FARTHEST, FARTHEST)));
        }
        return factors;
    }

    /** What the sample is off by, and what moving factors costs. */
    private double cost(double[] moved) {
        return Arrays.stream(sample.residuals(at(moved))).map(FactorFit::damped).sum()
                + HOLD * HOLD * Arrays.stream(moved).map(each -> each * each).sum();
    }

    /** After Huber: the square of a small residual, which goes on as a straight line. */
    private static double damped(double residual) {
        final double size = Math.abs(residual);
        return size <= USUAL ? residual * residual : USUAL * (2 * size - USUAL);
    }
}
