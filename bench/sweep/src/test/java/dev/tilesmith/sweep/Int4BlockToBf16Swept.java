package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Target;

/** Swept in tests. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI4C32, dst = Format.BF16, targets = Target.AVX2)
interface Int4BlockToBf16Swept extends MatMulKernel {}
