package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Format;

/** The kernel of depthwise convolutions of static int8 that is measured, as any user would declare it. */
@DepthwiseConv2d(lhs = Format.QAI8, rhs = Format.QSI8CX, dst = Format.QAI8)
interface StaticInt8Depthwise extends DepthwiseConv2dKernel {}
