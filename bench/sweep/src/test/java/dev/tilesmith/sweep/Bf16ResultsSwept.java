package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Swept in tests. */
@MatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.BF16)
interface Bf16ResultsSwept extends MatMulKernel {}
