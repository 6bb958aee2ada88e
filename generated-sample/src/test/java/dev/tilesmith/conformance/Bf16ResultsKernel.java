package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The default plan: bias and clamp. */
@MatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.BF16)
interface Bf16ResultsKernel extends MatMulKernel {}
