package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Target;

/** Rows and weights in blocks: Q8_0 by Q4_0; neither bias nor clamp. */
@MatMul(
        lhs = Format.QSI8D32,
        rhs = Format.QSI4C32,
        dst = Format.F32,
        bias = false,
        clamp = false,
        targets = {Target.AVX512_VNNI, Target.AVX_VNNI, Target.AVX2, Target.VECTOR_256})
interface PairedBareKernel extends MatMulKernel {}
