package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Neither bias nor clamp. */
@MatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.BF16, bias = false, clamp = false)
interface Bf16ResultsBareKernel extends MatMulKernel {}
