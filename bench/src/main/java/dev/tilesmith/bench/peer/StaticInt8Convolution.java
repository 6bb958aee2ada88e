package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;

/** The kernel of convolutions of static int8 that is measured, as any user would declare it. */
@Conv2d(lhs = Format.QAI8, rhs = Format.QSI8CX, dst = Format.QAI8)
interface StaticInt8Convolution extends Conv2dKernel {}
