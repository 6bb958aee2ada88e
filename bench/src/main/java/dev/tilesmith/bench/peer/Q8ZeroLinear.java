package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The kernel by ggml's Q8_0 that is measured, as any user would declare it. */
@MatMul(lhs = Format.QSI8D32, rhs = Format.QSI8D32, dst = Format.F32)
interface Q8ZeroLinear extends MatMulKernel {}
