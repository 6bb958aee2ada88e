package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The default plan: bias and clamp. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI4C32, dst = Format.BF16)
interface Int4BlockToBf16Kernel extends MatMulKernel {}
