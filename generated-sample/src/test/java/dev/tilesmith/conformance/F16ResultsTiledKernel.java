package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Tiles;

/** Tiles of its own: gaps between rows, other columns. */
@MatMul(lhs = Format.F16, rhs = Format.F16, dst = Format.F16)
@Tiles(
        target = Target.SME2,
        mr = {5, 17})
@Tiles(
        target = Target.NEON_DOTPROD,
        mr = {2, 7},
        nr = 8)
@Tiles(
        target = Target.VECTOR_512,
        mr = {2, 7},
        nr = 48)
@Tiles(
        target = Target.VECTOR_256,
        mr = {3},
        nr = 24)
@Tiles(
        target = Target.VECTOR_128,
        mr = {4},
        nr = 4)
@Tiles(
        target = Target.SCALAR,
        mr = {5},
        nr = 3)
interface F16ResultsTiledKernel extends MatMulKernel {}
