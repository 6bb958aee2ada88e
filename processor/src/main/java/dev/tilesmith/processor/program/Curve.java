package dev.tilesmith.processor.program;

import java.util.ArrayList;
import java.util.List;

/**
 * A function that is applied to each result, made of operations that round once each. They are what {@code
 * dev.tilesmith.reference.ActivationReference} writes in Java, in the same order.
 */
public enum Curve {
    /** The result itself. */
    IDENTITY {
        @Override
        Register of(Register x, CurveBuilder code) {
            return x;
        }
    },
    /** {@code max(x, 0)}. */
    RELU {
        @Override
        Register of(Register x, CurveBuilder code) {
            return code.atLeast(x, 0f);
        }
    },
    /** {@code min(max(x, 0), 6)}. */
    RELU6 {
        @Override
        Register of(Register x, CurveBuilder code) {
            return code.atMost(code.atLeast(x, 0f), 6f);
        }
    },
    /** {@code y * (min(y + 3, 6) * (1/6))} of {@code y = max(x, -3)}. */
    HARD_SWISH {
        @Override
        Register of(Register x, CurveBuilder code) {
            final Register bounded = code.atLeast(x, -3f);
            final Register above = code.add(bounded, code.constant(3f));
            final Register part = code.multiply(code.atMost(above, 6f), code.constant(1f / 6));
            return code.multiply(bounded, part);
        }
    },
    /** {@code max(x, 0) - t * e^-t / (1 + e^-t)} of {@code t = |x|}. */
    SILU {
        @Override
        Register of(Register x, CurveBuilder code) {
            final TailCurve tail = new TailCurve(code, x, 128f);
            return tail.logistic(tail.decay(tail.magnitude()));
        }
    },
    /** {@code max(x, 0) - t * e^(-t^2/2) * p(t) / q(t)}, which fits {@code t * Φ(-t)}. */
    GELU {
        @Override
        Register of(Register x, CurveBuilder code) {
            return new TailCurve(code, x, 14.5f).normal();
        }
    },
    /** The same as SiLU with {@code t * (c1 + c3 * t^2)} in the exponent. */
    GELU_TANH {
        @Override
        Register of(Register x, CurveBuilder code) {
            final TailCurve tail = new TailCurve(code, x, 11.5f);
            final Register t = tail.magnitude();
            final Register square = code.multiply(t, t);
            final Register factor = code.fma(square, code.constant(0.071354814f), code.constant(1.5957692f));
            return tail.logistic(tail.decay(code.multiply(t, factor)));
        }
    };

    /**
     * Its operations, in their order.
     *
     * @param x what it is applied to
     */
    public List<Op.Computing> ops(Register x) {
        final List<Op.Computing> ops = new ArrayList<>();
        of(x, new CurveBuilder(x.vector(), ops::add));
        return ops;
    }

    /** The register that has the result; {@code x} itself if there are no operations. */
    public Register result(Register x) {
        return of(x, new CurveBuilder(x.vector(), _ -> {}));
    }

    /**
     * Adds its operations.
     *
     * @param x what it is applied to
     * @return the register of the result, {@code x} itself if there are no operations
     */
    abstract Register of(Register x, CurveBuilder code);
}
