package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Numerics;

/** Sums in an order of the target's own, where it has one: bias and clamp. */
@MatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.F32, numerics = Numerics.FAST)
interface Bf16FastKernel extends MatMulKernel {}
