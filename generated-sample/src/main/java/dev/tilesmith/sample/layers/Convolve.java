package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;

/** Convolutions in f32. */
@Conv2d(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, clamp = false)
public interface Convolve extends Conv2dKernel {}
