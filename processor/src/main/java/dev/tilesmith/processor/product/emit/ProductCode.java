package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.emit.Detail;
import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;

/**
 * The code of families that multiply matrices.
 *
 * @param detail how much of machine code is listed
 * @param store of code that other declarations may have wanted already
 */
public record ProductCode(Detail detail, CodeStore store) implements FamilyCode {
    @Override
    public TypeSpec type(KernelPlan plan, FamilyPlan family) {
        return switch (family.kernelTarget()) {
            case MachineTarget target -> new NativeType(plan, family, target, detail, store).type();
            case JavaTarget _ ->
                switch (family.contraction().rhs().stored()) {
                    case F32, F16, BF16 -> new F32FamilyType(plan, family).type();
                    case INT8, NIBBLES, TWO_BITS ->
                        IntegerFamilyType.of(plan, family).type();
                };
        };
    }

    @Override
    public CodeBlock compute(KernelPlan plan, FamilyPlan family, ClassName type) {
        return new FamilyCompute(plan, family, type).expression();
    }
}
