package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Swept in tests. */
@MatMul(lhs = Format.QSI8D32, rhs = Format.QSI4C32, dst = Format.F32)
interface Q4ZeroSwept extends MatMulKernel {}
