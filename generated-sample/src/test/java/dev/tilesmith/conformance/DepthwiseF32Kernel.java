package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Format;

/** Depthwise convolutions of f32: bias and clamp. */
@DepthwiseConv2d(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)
interface DepthwiseF32Kernel extends DepthwiseConv2dKernel {}
