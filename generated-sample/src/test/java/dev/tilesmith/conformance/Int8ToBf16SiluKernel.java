package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Target;

/** What is applied to results comes before they are rounded. */
@MatMul(
        lhs = Format.QAI8DX,
        rhs = Format.QSI8CX,
        dst = Format.BF16,
        activation = Activation.SILU,
        targets = {Target.AVX2, Target.NEON_DOTPROD, Target.VECTOR_256})
interface Int8ToBf16SiluKernel extends MatMulKernel {}
