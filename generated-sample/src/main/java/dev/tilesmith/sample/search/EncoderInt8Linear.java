package dev.tilesmith.sample.search;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The encoder's linear layers on the file's own int8 weights; rows are quantized as they come. Nothing is bounded. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI8CX, dst = Format.F32, clamp = false)
public interface EncoderInt8Linear extends MatMulKernel {}
