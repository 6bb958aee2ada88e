package dev.tilesmith.bench.swept;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Target;

/** A small lattice. */
@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, targets = Target.AVX512_VNNI)
@Sweep(shapes = {"1x64x64", "8x64x64-cold"})
interface SweptLinear extends MatMulKernel {}
