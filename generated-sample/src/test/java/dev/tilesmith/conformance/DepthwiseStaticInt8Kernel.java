package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Format;

/** Depthwise convolutions of int8, quantized beforehand. */
@DepthwiseConv2d(lhs = Format.QAI8, rhs = Format.QSI8CX, dst = Format.QAI8)
interface DepthwiseStaticInt8Kernel extends DepthwiseConv2dKernel {}
