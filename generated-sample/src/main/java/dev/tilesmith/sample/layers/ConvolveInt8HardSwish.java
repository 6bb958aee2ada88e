package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;

/** Convolutions in int8, of floats that are quantized pixel by pixel as they are read, with hard swish. */
@Conv2d(lhs = Format.QAI8DX, rhs = Format.QSI8CX, dst = Format.F32, activation = Activation.HARD_SWISH, clamp = false)
public interface ConvolveInt8HardSwish extends Conv2dKernel {}
