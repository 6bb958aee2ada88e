package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The default plan: bias and clamp. */
@MatMul(lhs = Format.F16, rhs = Format.F16, dst = Format.F16)
interface F16ResultsKernel extends MatMulKernel {}
