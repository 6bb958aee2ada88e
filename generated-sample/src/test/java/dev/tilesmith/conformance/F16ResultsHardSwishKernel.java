package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** What is applied to results comes before they are rounded. */
@MatMul(lhs = Format.F16, rhs = Format.F16, dst = Format.F16, activation = Activation.HARD_SWISH)
interface F16ResultsHardSwishKernel extends MatMulKernel {}
