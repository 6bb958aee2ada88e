package dev.tilesmith.conformance;

import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.spec.BatchMatMul;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;

/** Products in pairs of BF16, summed in an order of the target's own, where it has one. */
@BatchMatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.F32, numerics = Numerics.FAST)
interface BatchFastKernel extends BatchMatMulKernel {}
