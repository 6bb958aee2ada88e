package dev.tilesmith.conformance;

import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.spec.BatchMatMul;
import dev.tilesmith.spec.Format;

/** Products in pairs of int8, quantized in the call. */
@BatchMatMul(lhs = Format.QAI8DX, rhs = Format.QSI8CX, dst = Format.F32)
interface BatchInt8Kernel extends BatchMatMulKernel {}
