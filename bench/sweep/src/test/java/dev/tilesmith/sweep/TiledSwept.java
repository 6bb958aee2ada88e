package dev.tilesmith.sweep;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Tiles;

/** Tiles of its own that leave gaps, beside a lattice that has none. */
@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, targets = Target.SCALAR)
@Tiles(
        target = Target.SCALAR,
        mr = {1, 4},
        nr = 4)
@Sweep(unroll = 1)
public interface TiledSwept extends MatMulKernel {}
