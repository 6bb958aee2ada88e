package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Tiles;

/** Tiles of its own: gaps between rows, other columns, tiles that leave the fewest registers. */
@MatMul(
        lhs = Format.QSI8D32,
        rhs = Format.QAI4C32,
        dst = Format.F32,
        targets = {
            Target.AVX512_VNNI,
            Target.AVX_VNNI,
            Target.AVX512,
            Target.AVX2,
            Target.NEON_I8MM,
            Target.NEON_DOTPROD,
            Target.VECTOR_512
        })
@Tiles(
        target = Target.AVX512_VNNI,
        mr = {2, 9},
        nr = 48)
@Tiles(
        target = Target.AVX_VNNI,
        mr = {3},
        nr = 24)
@Tiles(
        target = Target.AVX512,
        mr = {2, 6},
        nr = 64)
@Tiles(
        target = Target.AVX2,
        mr = {2, 11},
        nr = 8)
@Tiles(
        target = Target.NEON_I8MM,
        mr = {3, 4},
        nr = 12)
@Tiles(
        target = Target.NEON_DOTPROD,
        mr = {3},
        nr = 32)
@Tiles(
        target = Target.VECTOR_512,
        mr = {2, 7},
        nr = 48)
@Tiles(
        target = Target.SCALAR,
        mr = {3},
        nr = 5)
interface PairedTiledKernel extends MatMulKernel {}
