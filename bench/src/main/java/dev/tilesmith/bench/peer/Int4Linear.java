package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** The int4 kernel that is measured, as any user would declare it. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSI4C32, dst = Format.F32)
interface Int4Linear extends MatMulKernel {}
