package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Rows and weights in blocks: Q8_0 by Q8_0; bias and clamp. */
@MatMul(lhs = Format.QSI8D32, rhs = Format.QSI8D32, dst = Format.F32)
interface PairedInt8Kernel extends MatMulKernel {}
