package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Q4_1 with GELU by tanh. */
@MatMul(lhs = Format.QSI8D32, rhs = Format.QAI4C32, dst = Format.F32, activation = Activation.GELU_TANH)
interface MinsGeluTanhKernel extends MatMulKernel {}
