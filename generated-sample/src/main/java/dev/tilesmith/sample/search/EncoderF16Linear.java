package dev.tilesmith.sample.search;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The encoder's linear layers on weights of binary16, which take half the memory of f32's; rows are f32. Nothing is bounded. */
@MatMul(lhs = Format.F32, rhs = Format.F16, dst = Format.F32, clamp = false)
public interface EncoderF16Linear extends MatMulKernel {}
