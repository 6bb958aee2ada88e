package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** f32 with GELU. */
@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, activation = Activation.GELU)
interface GeluKernel extends MatMulKernel {}
