package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** F16 on both sides, as any user would declare it. */
@MatMul(lhs = Format.F16, rhs = Format.F16, dst = Format.F32)
interface F16Linear extends MatMulKernel {}
