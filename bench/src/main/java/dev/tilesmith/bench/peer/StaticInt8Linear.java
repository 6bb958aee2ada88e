package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The kernel of static int8 that is measured, as any user would declare it. */
@MatMul(lhs = Format.QAI8, rhs = Format.QSI8CX, dst = Format.QAI8)
interface StaticInt8Linear extends MatMulKernel {}
