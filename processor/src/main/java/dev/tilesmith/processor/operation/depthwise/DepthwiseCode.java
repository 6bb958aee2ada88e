package dev.tilesmith.processor.operation.depthwise;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.drive.Compute;
import dev.tilesmith.kernel.drive.F32JavaDepthwise;
import dev.tilesmith.kernel.drive.StaticInt8JavaDepthwise;
import dev.tilesmith.processor.product.emit.FamilyCode;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;

/** The code of families of depthwise convolutions, all of which is Java. */
final class DepthwiseCode implements FamilyCode {
    @Override
    public TypeSpec type(KernelPlan plan, FamilyPlan family) {
        return new DepthwiseFamilyType(plan, family).type();
    }

    @Override
    public CodeBlock compute(KernelPlan plan, FamilyPlan family, ClassName type) {
        return CodeBlock.of("new $T(new $T(), family, host, tuning)", compute(plan), type);
    }

    private static Class<? extends Compute> compute(KernelPlan plan) {
        return switch (plan.recipe().lhs()) {
            case AS_IT_LIES, F16, BF16 -> F32JavaDepthwise.class;
            case STATIC -> StaticInt8JavaDepthwise.class;
            case QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS ->
                throw new IllegalArgumentException("no depthwise code of " + plan.recipe());
        };
    }
}
