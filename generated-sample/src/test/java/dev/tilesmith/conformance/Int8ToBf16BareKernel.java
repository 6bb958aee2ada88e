package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Target;

/** Neither bias nor clamp. */
@MatMul(
        lhs = Format.QAI8DX,
        rhs = Format.QSI8CX,
        dst = Format.BF16,
        bias = false,
        clamp = false,
        targets = {Target.AVX2, Target.NEON_DOTPROD, Target.VECTOR_256})
interface Int8ToBf16BareKernel extends MatMulKernel {}
