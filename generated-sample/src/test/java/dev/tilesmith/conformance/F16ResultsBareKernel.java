package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Neither bias nor clamp. */
@MatMul(lhs = Format.F16, rhs = Format.F16, dst = Format.F16, bias = false, clamp = false)
interface F16ResultsBareKernel extends MatMulKernel {}
