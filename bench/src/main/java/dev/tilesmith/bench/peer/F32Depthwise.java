package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Format;

/** The kernel of depthwise convolutions that is measured, as any user would declare it. */
@DepthwiseConv2d(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)
interface F32Depthwise extends DepthwiseConv2dKernel {}
