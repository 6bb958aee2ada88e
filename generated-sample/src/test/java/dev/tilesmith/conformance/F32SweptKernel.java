package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Target;

/** Every tile that fits, in every loop. */
@MatMul(
        lhs = Format.F32,
        rhs = Format.F32,
        dst = Format.F32,
        targets = {Target.AVX2, Target.VECTOR_256})
@Sweep(unroll = {1, 2, 4})
interface F32SweptKernel extends MatMulKernel {}
