package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The kernel by ggml's Q4_0 that is measured, as any user would declare it. */
@MatMul(lhs = Format.QSI8D32, rhs = Format.QSI4C32, dst = Format.F32)
interface Q4ZeroLinear extends MatMulKernel {}
