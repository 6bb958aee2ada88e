package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Format;

/** Depthwise convolutions in f32, with hard swish. */
@DepthwiseConv2d(
        lhs = Format.F32,
        rhs = Format.F32,
        dst = Format.F32,
        activation = Activation.HARD_SWISH,
        clamp = false)
public interface DepthwiseHardSwish extends DepthwiseConv2dKernel {}
