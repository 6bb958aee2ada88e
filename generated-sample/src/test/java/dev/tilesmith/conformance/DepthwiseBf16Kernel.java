package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Format;

/** Depthwise convolutions with filters in BF16. */
@DepthwiseConv2d(lhs = Format.F32, rhs = Format.BF16, dst = Format.F32)
interface DepthwiseBf16Kernel extends DepthwiseConv2dKernel {}
