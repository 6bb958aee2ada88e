package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** f32 with SiLU; without bias. */
@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, bias = false, activation = Activation.SILU)
interface SiluKernel extends MatMulKernel {}
