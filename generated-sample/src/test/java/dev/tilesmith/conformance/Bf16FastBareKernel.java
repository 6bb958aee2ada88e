package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Numerics;

/** The same without bias and bounds. */
@MatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.F32, numerics = Numerics.FAST, bias = false, clamp = false)
interface Bf16FastBareKernel extends MatMulKernel {}
