package dev.tilesmith.conformance;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Tiles;

/** Tiles of its own: gaps between rows, other columns, tiles that leave the fewest registers; neither bias nor clamp. */
@MatMul(lhs = Format.QAI8DX, rhs = Format.QSU2CX, dst = Format.F32, bias = false, clamp = false)
@Tiles(
        target = Target.AVX512_VNNI,
        mr = {2, 8},
        nr = 48)
@Tiles(
        target = Target.AVX_VNNI,
        mr = {3},
        nr = 24)
@Tiles(
        target = Target.AVX512,
        mr = {2, 5},
        nr = 64)
@Tiles(
        target = Target.AVX2,
        mr = {2, 9},
        nr = 8)
@Tiles(
        target = Target.NEON_DOTPROD,
        mr = {2, 8},
        nr = 8)
@Tiles(
        target = Target.NEON_I8MM,
        mr = {3, 6},
        nr = 12)
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
        mr = {3},
        nr = 5)
interface TwoBitTiledKernel extends MatMulKernel {}
