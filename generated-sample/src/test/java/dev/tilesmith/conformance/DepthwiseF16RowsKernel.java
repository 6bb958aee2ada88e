package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Format;

/** Depthwise convolutions of images and filters in binary16. */
@DepthwiseConv2d(lhs = Format.F16, rhs = Format.F16, dst = Format.F32)
interface DepthwiseF16RowsKernel extends DepthwiseConv2dKernel {}
