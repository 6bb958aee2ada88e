package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Swept in tests. */
@MatMul(lhs = Format.QAI8, rhs = Format.QSI8CX, dst = Format.QAI8)
interface StaticInt8Swept extends MatMulKernel {}
