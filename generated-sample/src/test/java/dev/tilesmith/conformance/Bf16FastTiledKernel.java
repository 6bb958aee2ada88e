package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Schedule.Prefetch;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Tiles;

/** Another loop, and panels of one register of columns; of blocks, tiles of an odd number of rows alone but two. */
@MatMul(lhs = Format.BF16, rhs = Format.BF16, dst = Format.F32, numerics = Numerics.FAST)
@Tiles(target = Target.AMX, nr = 32, prefetch = Prefetch.NONE)
@Tiles(
        target = Target.NEON_BF16,
        mr = {1, 2, 5},
        nr = 16)
interface Bf16FastTiledKernel extends MatMulKernel {}
