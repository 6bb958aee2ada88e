package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Neither bias nor clamp. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI8CX, dst = Format.F32, bias = false, clamp = false)
interface Int8BareKernel extends MatMulKernel {}
