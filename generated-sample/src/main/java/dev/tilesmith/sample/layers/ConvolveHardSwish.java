package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;

/** Convolutions in f32, with hard swish. */
@Conv2d(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, activation = Activation.HARD_SWISH, clamp = false)
public interface ConvolveHardSwish extends Conv2dKernel {}
