package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.spec.BatchMatMul;
import dev.tilesmith.spec.Format;

/** The kernel of products of attention that is measured, as any user would declare it. */
@BatchMatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)
interface F32BatchProduct extends BatchMatMulKernel {}
