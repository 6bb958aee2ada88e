package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Conv2d;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Tiles;

/** Convolutions of f32 with ReLU, by tiles other than the best; neither bias nor clamp. */
@Conv2d(lhs = Format.F32, rhs = Format.F32, dst = Format.F32, bias = false, activation = Activation.RELU, clamp = false)
@Tiles(target = Target.AVX2, mr = 3, nr = 24)
@Tiles(target = Target.SCALAR, mr = 2, nr = 3)
interface Conv2dTiledKernel extends Conv2dKernel {}
