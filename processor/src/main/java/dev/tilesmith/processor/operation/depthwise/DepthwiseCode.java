package dev.tilesmith.processor.operation.depthwise;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.kernel.drive.Compute;
import dev.tilesmith.kernel.drive.F32JavaDepthwise;
import dev.tilesmith.kernel.drive.F32NativeDepthwise;
import dev.tilesmith.kernel.drive.StaticInt8JavaDepthwise;
import dev.tilesmith.kernel.drive.StaticInt8NativeDepthwise;
import dev.tilesmith.processor.emit.Detail;
import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.product.emit.CodeStore;
import dev.tilesmith.processor.product.emit.FamilyCode;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;

/**
 * The code of families of depthwise convolutions.
 *
 * @param detail how much of machine code is listed
 * @param store of code that other declarations may have wanted already
 */
record DepthwiseCode(Detail detail, CodeStore store) implements FamilyCode {
    @Override
    public TypeSpec type(KernelPlan plan, FamilyPlan family) {
        return switch (family.kernelTarget()) {
            case JavaTarget _ -> new DepthwiseFamilyType(plan, family).type();
            case MachineTarget target -> new NativeDepthwiseType(plan, family, target, detail, store).type();
        };
    }

    @Override
    public CodeBlock compute(KernelPlan plan, FamilyPlan family, ClassName type) {
        return switch (family.kernelTarget()) {
            case JavaTarget _ -> inJava(plan, type);
            case MachineTarget _ -> inMachineCode(plan, type);
        };
    }

    private static CodeBlock inJava(KernelPlan plan, ClassName type) {
        final Class<? extends Compute> compute =
                switch (plan.recipe().lhs()) {
                    case AS_IT_LIES, F16, BF16 -> F32JavaDepthwise.class;
                    case STATIC -> StaticInt8JavaDepthwise.class;
                    case QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS -> throw unknown(plan);
                };
        return CodeBlock.of("new $T(new $T(), family, host, tuning)", compute, type);
    }

    private static CodeBlock inMachineCode(KernelPlan plan, ClassName type) {
        return switch (plan.recipe().lhs()) {
            case AS_IT_LIES ->
                CodeBlock.of("new $T($T.CODE.function(), family, host, tuning)", F32NativeDepthwise.class, type);
            case STATIC ->
                CodeBlock.of(
                        "new $1T($2T.CODE.function(), $2T.LINES.function(), family, host, tuning)",
                        StaticInt8NativeDepthwise.class,
                        type);
            case F16, BF16, QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS -> throw unknown(plan);
        };
    }

    private static IllegalArgumentException unknown(KernelPlan plan) {
        return new IllegalArgumentException("no depthwise code of " + plan.recipe());
    }
}
