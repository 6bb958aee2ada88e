package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.spec.BatchMatMul;
import dev.tilesmith.spec.Format;

/** Products of attention in f32. */
@BatchMatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, clamp = false)
public interface Attend extends BatchMatMulKernel {}
