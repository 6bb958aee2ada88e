package dev.tilesmith.sample.search;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The encoder's linear layers, in f32. Nothing in it is bounded. */
@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, clamp = false)
public interface EncoderLinear extends MatMulKernel {}
