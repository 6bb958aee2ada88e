package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Numerics;

/** The same with results in BF16. */
@MatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.BF16, numerics = Numerics.FAST)
interface Bf16FastResultsKernel extends MatMulKernel {}
