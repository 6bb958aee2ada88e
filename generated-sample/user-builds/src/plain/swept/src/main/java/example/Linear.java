package example;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Target;

@MatMul(
        lhs = Format.F32,
        rhs = Format.F32,
        dst = Format.F32,
        targets = {Target.AVX2, Target.NEON_DOTPROD, Target.VECTOR_128, Target.SCALAR})
@Sweep(
        targets = {Target.AVX2, Target.SCALAR},
        unroll = 1,
        shapes = {"1x64x64", "8x64x64"})
public interface Linear extends MatMulKernel {}
