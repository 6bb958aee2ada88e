package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Swept in tests. */
@MatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.F32)
interface Bf16RowsSwept extends MatMulKernel {}
