package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;

/** Convolutions of int8 with scales known beforehand, to QAI8. */
@Conv2d(lhs = Format.QAI8, rhs = Format.QSI8CX, dst = Format.QAI8)
interface Conv2dStaticInt8Kernel extends Conv2dKernel {}
