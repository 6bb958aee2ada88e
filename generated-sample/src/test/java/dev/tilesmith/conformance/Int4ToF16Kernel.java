package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Target;

/** Bias and clamp, for one target of each kind. */
@MatMul(
        lhs = Format.QAI8DX,
        rhs = Format.QSI4CX,
        dst = Format.F16,
        targets = {Target.AVX2, Target.NEON_DOTPROD, Target.VECTOR_256})
interface Int4ToF16Kernel extends MatMulKernel {}
