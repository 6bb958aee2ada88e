package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** Scales for blocks, in F32; neither bias nor clamp. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI4C32, dst = Format.F32, scales = Format.F32, bias = false, clamp = false)
interface Int4BareKernel extends MatMulKernel {}
