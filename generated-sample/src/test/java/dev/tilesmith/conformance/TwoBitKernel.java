package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Weights of two bits; bias and clamp. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSU2CX, dst = Format.F32)
interface TwoBitKernel extends MatMulKernel {}
