package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;

/** The code of an operation's families: the class that has it, and what computes by that. */
public interface FamilyCode {
    /** The class of one family of a plan. */
    TypeSpec type(KernelPlan plan, FamilyPlan family);

    /**
     * What computes by it, as the facade makes it of {@code family}, {@code host} and {@code tuning}.
     *
     * @param type the name of the class
     */
    CodeBlock compute(KernelPlan plan, FamilyPlan family, ClassName type);
}
