package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Target;

/** Swept in tests. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI8CX, dst = Format.F16, targets = Target.AVX2)
interface Int8ToF16Swept extends MatMulKernel {}
