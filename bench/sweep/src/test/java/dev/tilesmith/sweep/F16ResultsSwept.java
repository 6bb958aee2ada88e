package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Swept in tests. */
@MatMul(lhs = Format.F16, rhs = Format.F16, dst = Format.F16)
interface F16ResultsSwept extends MatMulKernel {}
