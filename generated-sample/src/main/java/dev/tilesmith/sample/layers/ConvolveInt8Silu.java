package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;

/** Convolutions in int8, of floats that are quantized pixel by pixel as they are read, with SiLU. */
@Conv2d(lhs = Format.QAI8DX, rhs = Format.QSI8CX, dst = Format.F32, activation = Activation.SILU, clamp = false)
public interface ConvolveInt8Silu extends Conv2dKernel {}
