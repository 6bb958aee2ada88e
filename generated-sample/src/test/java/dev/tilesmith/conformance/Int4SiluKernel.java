package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** int4 in blocks with SiLU. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI4C32, dst = Format.F32, activation = Activation.SILU)
interface Int4SiluKernel extends MatMulKernel {}
