package dev.tilesmith.conformance;

import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Format;

/** Depthwise convolutions of f32 with ReLU; neither bias nor clamp. */
@DepthwiseConv2d(
        lhs = Format.F32,
        rhs = Format.F32,
        dst = Format.F32,
        bias = false,
        activation = Activation.RELU,
        clamp = false)
interface DepthwiseReluKernel extends DepthwiseConv2dKernel {}
