package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Format;

/** Depthwise convolutions of BF16, to BF16. */
@DepthwiseConv2d(lhs = Format.BF16, rhs = Format.BF16, dst = Format.BF16)
interface DepthwiseBf16ResultsKernel extends DepthwiseConv2dKernel {}
