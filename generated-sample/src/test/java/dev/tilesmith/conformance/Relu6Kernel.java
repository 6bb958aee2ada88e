package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

/** f32 with ReLU6. */
@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, activation = Activation.RELU6)
interface Relu6Kernel extends MatMulKernel {}
