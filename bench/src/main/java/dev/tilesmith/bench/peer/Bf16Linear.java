package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** BF16 on both sides, as any user would declare it. */
@MatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.F32)
interface Bf16Linear extends MatMulKernel {}
