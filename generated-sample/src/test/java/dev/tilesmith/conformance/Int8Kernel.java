package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The default plan: bias and clamp. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI8CX, dst = Format.F32)
interface Int8Kernel extends MatMulKernel {}
