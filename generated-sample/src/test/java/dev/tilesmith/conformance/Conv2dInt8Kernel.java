package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;

/** Convolutions with int8 filters, of patches that are quantized as they come. */
@Conv2d(lhs = Format.QAI8DX, rhs = Format.QSI8CX, dst = Format.F32)
interface Conv2dInt8Kernel extends Conv2dKernel {}
