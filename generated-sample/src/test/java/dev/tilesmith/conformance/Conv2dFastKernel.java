package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;

/** Convolutions of BF16, summed in an order of the target's own, where it has one. */
@Conv2d(lhs = Format.BF16, rhs = Format.BF16, dst = Format.F32, numerics = Numerics.FAST)
interface Conv2dFastKernel extends Conv2dKernel {}
