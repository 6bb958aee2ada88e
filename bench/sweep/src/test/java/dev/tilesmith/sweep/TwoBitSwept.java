package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Swept in tests. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSU2CX, dst = Format.F32)
interface TwoBitSwept extends MatMulKernel {}
