package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Target;

/** Every tile that fits, in every loop. */
@MatMul(
        lhs = Format.QAI8DX,
        rhs = Format.QSI8CX,
        dst = Format.F32,
        targets = {Target.AVX2, Target.AVX512_VNNI})
@Sweep(
        targets = {Target.AVX2, Target.AVX512_VNNI},
        unroll = {1, 2})
interface Int8SweptKernel extends MatMulKernel {}
