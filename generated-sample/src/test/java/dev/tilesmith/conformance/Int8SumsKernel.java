package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** int8 with scales known beforehand, to I32. */
@MatMul(lhs = Format.QAI8, rhs = Format.QSI8CX, dst = Format.I32)
interface Int8SumsKernel extends MatMulKernel {}
