package dev.tilesmith.conformance;

import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.spec.BatchMatMul;
import dev.tilesmith.spec.Format;

/** Products in pairs of f32. */
@BatchMatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)
interface BatchF32Kernel extends BatchMatMulKernel {}
