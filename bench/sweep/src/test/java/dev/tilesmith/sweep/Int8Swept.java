package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Swept in tests. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI8CX, dst = Format.F32)
interface Int8Swept extends MatMulKernel {}
