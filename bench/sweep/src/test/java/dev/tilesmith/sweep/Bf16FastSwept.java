package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Numerics;

/** Swept in tests: families whose sums are in orders of their own, and others. */
@MatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.F32, numerics = Numerics.FAST)
interface Bf16FastSwept extends MatMulKernel {}
