package dev.tilesmith.sample.rows;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of vectors of floats: each lane by the same operations, so that the length of vectors changes no
 * bit, and as {@link Exp} and {@link Erf} have them for scalars.
 */
final class VectorMath {
    /** Vectors of up to 512 bits, as wide as the CPU likes them. */
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.vectorBitSize() <= 512
            ? FloatVector.SPECIES_PREFERRED
            : FloatVector.SPECIES_512;

    private VectorMath() {}

    /**
     * e^x, relative error at most 3e-7. Below {@value Exp#MIN}, where f32 would be subnormal, 0; above
     * {@value Exp#MAX} ∞; NaN stays NaN.
     */
    static FloatVector exp(FloatVector x) {
        final FloatVector finite = expOfBounded(x);
        return finite.blend(0f, x.lt(Exp.MIN))
                .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, Exp.MAX))
                .blend(x, x.compare(VectorOperators.NE, x));
    }

    /** e^x for x ≤ 0 and not NaN; what is below {@value Exp#MIN} gives e to that power, 1.2e-38. */
    static FloatVector expOfNegative(FloatVector x) {
        return expOfBounded(x.blend(Exp.MIN, x.lt(Exp.MIN)));
    }

    private static FloatVector expOfBounded(FloatVector x) {
        final FloatVector shifted =
                x.fma(FloatVector.broadcast(SPECIES, Exp.LOG2_E), FloatVector.broadcast(SPECIES, Exp.ROUND));
        final FloatVector n = shifted.sub(Exp.ROUND);
        final FloatVector high = n.fma(FloatVector.broadcast(SPECIES, -Exp.LN2_HIGH), x);
        final FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -Exp.LN2_LOW), high);
        final FloatVector quadratic = FloatVector.broadcast(SPECIES, Exp.E5)
                .fma(r, FloatVector.broadcast(SPECIES, Exp.E4))
                .fma(r, FloatVector.broadcast(SPECIES, Exp.E3))
                .fma(r, FloatVector.broadcast(SPECIES, Exp.E2));
        final FloatVector linear = r.add(1f);
        final FloatVector mantissa = quadratic.fma(r.mul(r), linear);
        final IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, Exp.FRACTION_BITS);
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
