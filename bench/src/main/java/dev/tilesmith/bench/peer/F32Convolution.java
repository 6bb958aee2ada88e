package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;

/** The kernel of convolutions that is measured, as any user would declare it. */
@Conv2d(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)
interface F32Convolution extends Conv2dKernel {}
