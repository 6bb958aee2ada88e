package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** int8 with scales known beforehand, to QAI8. */
@MatMul(lhs = Format.QAI8, rhs = Format.QSI8CX, dst = Format.QAI8)
interface Int8StaticKernel extends MatMulKernel {}
