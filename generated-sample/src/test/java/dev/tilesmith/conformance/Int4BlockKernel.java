package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Scales for blocks, in BF16; bias and clamp. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI4C32, dst = Format.F32)
interface Int4BlockKernel extends MatMulKernel {}
