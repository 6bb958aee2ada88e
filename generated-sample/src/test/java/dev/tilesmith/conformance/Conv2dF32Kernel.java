package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;

/** Convolutions of f32: bias and clamp. */
@Conv2d(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)
interface Conv2dF32Kernel extends Conv2dKernel {}
