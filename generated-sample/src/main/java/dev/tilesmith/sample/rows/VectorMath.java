package dev.tilesmith.sample.rows;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Elementary functions of vectors of floats. */
final class VectorMath {
    /** Vectors of up to 512 bits, as wide as the CPU likes them. */
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.vectorBitSize() <= 512
            ? FloatVector.SPECIES_PREFERRED
            : FloatVector.SPECIES_512;

    private static final float LOG2_E = 1.442695f;
    // ln 2 in two parts: the first has so few bits that its product with a whole exponent is exact.
    private static final float LN2_HIGH = 0x1.63p-1f;
    private static final float LN2_LOW = -2.1219444e-4f;
    // Adding it rounds to a whole number, which then stands in the low bits of the sum.
    private static final float ROUND = 12_582_912f;

    /** Least argument whose exponential is a normal float. */
    static final float EXP_MIN = -87.33654f;

    /** Largest argument whose exponential is finite. */
    static final float EXP_MAX = 88.72283f;

    // e^r = 1 + r + r²(E2 + ...), fitted to the least relative error, 1.1e-7, over |r| <= ln 2 / 2.
    private static final float E2 = 0.4999923f;
    private static final float E3 = 0.16667116f;
    private static final float E4 = 0.041890334f;
    private static final float E5 = 0.008312502f;

    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    private VectorMath() {}

    private static VectorShuffle<Float> rotation(int lanes) {
        return VectorShuffle.iota(SPECIES, lanes % SPECIES.length(), 1, true);
    }

    /**
     * Sum of all lanes, always in the same order: halves are added until one value is left. {@code reduceLanes} may take
     * another order once the JIT has compiled it.
     */
    static float sum(FloatVector x) {
        FloatVector sum = x;
        if (SPECIES.length() > 8) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (SPECIES.length() > 4) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        sum = sum.add(sum.rearrange(BY_2));
        return sum.add(sum.rearrange(BY_1)).lane(0);
    }

    /**
     * e^x, relative error at most 3e-7. Below {@value #EXP_MIN}, where f32 would be subnormal, 0; above
     * {@value #EXP_MAX} ∞; NaN stays NaN.
     */
    static FloatVector exp(FloatVector x) {
        final FloatVector finite = expOfBounded(x);
        return finite.blend(0f, x.lt(EXP_MIN))
                .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_MAX))
                .blend(x, x.compare(VectorOperators.NE, x));
    }

    /** e^x for x ≤ 0 and not NaN; what is below {@value #EXP_MIN} gives e to that power, 1.2e-38. */
    static FloatVector expOfNegative(FloatVector x) {
        return expOfBounded(x.blend(EXP_MIN, x.lt(EXP_MIN)));
    }

    private static FloatVector expOfBounded(FloatVector x) {
        final FloatVector shifted =
                x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUND));
        final FloatVector n = shifted.sub(ROUND);
        final FloatVector high = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x);
        final FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), high);
        final FloatVector quadratic = FloatVector.broadcast(SPECIES, E5)
                .fma(r, FloatVector.broadcast(SPECIES, E4))
                .fma(r, FloatVector.broadcast(SPECIES, E3))
                .fma(r, FloatVector.broadcast(SPECIES, E2));
        final FloatVector linear = r.add(1f);
        final FloatVector mantissa = quadratic.fma(r.mul(r), linear);
        final IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        return mantissa.reinterpretAsInts().add(exponent).reinterpretAsFloats();
    }

    /** {@link Erf}, for all lanes. */
    static FloatVector erf(FloatVector x) {
        final FloatVector below = x.blend(Erf.SATURATION, x.compare(VectorOperators.GT, Erf.SATURATION));
        final FloatVector bounded = below.blend(-Erf.SATURATION, below.lt(-Erf.SATURATION));
        final FloatVector t = bounded.mul(bounded);
        final FloatVector p = FloatVector.broadcast(SPECIES, Erf.P5)
                .fma(t, FloatVector.broadcast(SPECIES, Erf.P4))
                .fma(t, FloatVector.broadcast(SPECIES, Erf.P3))
                .fma(t, FloatVector.broadcast(SPECIES, Erf.P2))
                .fma(t, FloatVector.broadcast(SPECIES, Erf.P1))
                .fma(t, FloatVector.broadcast(SPECIES, Erf.P0));
        final FloatVector q = FloatVector.broadcast(SPECIES, Erf.Q5)
                .fma(t, FloatVector.broadcast(SPECIES, Erf.Q4))
                .fma(t, FloatVector.broadcast(SPECIES, Erf.Q3))
                .fma(t, FloatVector.broadcast(SPECIES, Erf.Q2))
                .fma(t, FloatVector.broadcast(SPECIES, Erf.Q1))
                .fma(t, FloatVector.broadcast(SPECIES, 1f));
        return bounded.mul(p).div(q);
    }

    /** {@code x/2 · (1 + erf(x/√2))}. */
    static FloatVector gelu(FloatVector x) {
        final FloatVector half = x.mul(0.5f);
        return half.fma(erf(x.mul(Erf.ROOT_HALF)), half);
    }

    /** The larger of both, lane by lane; where {@code b} is NaN, {@code a}. */
    static FloatVector larger(FloatVector a, FloatVector b) {
        return a.blend(b, b.compare(VectorOperators.GT, a));
    }
}
