package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** int4 with a static left operand; bias and clamp. */
@MatMul(lhs = Format.QAI8, rhs = Format.QSI4CX, dst = Format.QAI8)
interface Int4StaticKernel extends MatMulKernel {}
