package dev.tilesmith.conformance;

import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.spec.BatchMatMul;
import dev.tilesmith.spec.Format;

/** Products in pairs of binary16. */
@BatchMatMul(lhs = Format.F16, rhs = Format.F16, dst = Format.F16)
interface BatchF16Kernel extends BatchMatMulKernel {}
