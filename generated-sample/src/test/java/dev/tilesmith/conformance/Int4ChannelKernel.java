package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** One scale for each channel; bias and clamp. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI4CX, dst = Format.F32)
interface Int4ChannelKernel extends MatMulKernel {}
