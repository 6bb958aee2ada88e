package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** int8 with GELU. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI8CX, dst = Format.F32, activation = Activation.GELU)
interface Int8GeluKernel extends MatMulKernel {}
