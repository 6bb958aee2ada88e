package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Format;

/** Depthwise convolutions in f32. */
@DepthwiseConv2d(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, clamp = false)
public interface Depthwise extends DepthwiseConv2dKernel {}
