package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;

/** Convolutions of binary16, to binary16. */
@Conv2d(lhs = Format.F16, rhs = Format.F16, dst = Format.F16)
interface Conv2dF16Kernel extends Conv2dKernel {}
