package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The kernel that is measured, as any user would declare it. */
@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)
interface F32Linear extends MatMulKernel {}
