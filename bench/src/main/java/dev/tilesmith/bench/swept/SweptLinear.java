package dev.tilesmith.bench.swept;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Target;

/** The tiles of f32 by x86's vectors, a step or two at a time: what the picture of a sweep in README is of. */
@MatMul(
        lhs = Format.F32,
        rhs = Format.F32,
        dst = Format.F32,
        targets = {Target.AVX512_VNNI, Target.AVX2})
@Sweep
interface SweptLinear extends MatMulKernel {}
