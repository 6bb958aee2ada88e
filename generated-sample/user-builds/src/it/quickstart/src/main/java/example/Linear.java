package example;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;

@MatMul(lhs = Format.F32, rhs = Format.F32, dst = Format.F32)
public interface Linear extends MatMulKernel {}
