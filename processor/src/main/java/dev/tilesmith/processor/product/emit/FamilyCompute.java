package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.kernel.drive.BlockJavaCompute;
import dev.tilesmith.kernel.drive.Compute;
import dev.tilesmith.kernel.drive.F32JavaCompute;
import dev.tilesmith.kernel.drive.F32NativeCompute;
import dev.tilesmith.kernel.drive.Int8JavaCompute;
import dev.tilesmith.kernel.drive.Int8NativeCompute;
import dev.tilesmith.kernel.drive.PairedHalvesNativeCompute;
import dev.tilesmith.kernel.drive.StaticInt8JavaCompute;
import dev.tilesmith.kernel.drive.StaticInt8NativeCompute;
import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Element;

/** What computes by the code of a family, as generated code makes it. */
final class FamilyCompute {
    private final KernelPlan plan;
    private final FamilyPlan family;
    private final ClassName code;

    /**
     * Of one family.
     *
     * @param code the class of its code
     */
    FamilyCompute(KernelPlan plan, FamilyPlan family, ClassName code) {
        this.plan = plan;
        this.family = family;
        this.code = code;
    }

    CodeBlock expression() {
        return switch (family.kernelTarget()) {
            case JavaTarget _ -> CodeBlock.of("new $T(" + tiles() + ", family, host, tuning)", javaCompute(), code);
            case MachineTarget target -> ofMachineCode(target);
        };
    }

    /** What two bits stand for is known when weights are packed: there are tiles for each table. */
    private String tiles() {
        return family.contraction().rhs().stored() == Stored.TWO_BITS ? "$T::new" : "new $T()";
    }

    private Class<? extends Compute> javaCompute() {
        return switch (plan.recipe().lhs()) {
            case AS_IT_LIES, F16, BF16 -> F32JavaCompute.class;
            case QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS -> ofQuantizedRows(family.contraction());
            case STATIC -> StaticInt8JavaCompute.class;
        };
    }

    private static Class<? extends Compute> ofQuantizedRows(Contraction contraction) {
        return contraction.hasTotals() ? BlockJavaCompute.class : Int8JavaCompute.class;
    }

    private static Class<? extends Compute> ofFloats(Contraction contraction) {
        return contraction.lhs() == Element.BF16 ? PairedHalvesNativeCompute.class : F32NativeCompute.class;
    }

    private CodeBlock ofMachineCode(MachineTarget target) {
        return switch (plan.recipe().lhs()) {
            case AS_IT_LIES, F16, BF16 ->
                CodeBlock.of("new $T($T.CODE.function(), family, host, tuning)", ofFloats(family.contraction()), code);
            case QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS ->
                CodeBlock.of(
                        "new $1T($2T.CODE.function(), $2T.QUANTIZER.function(), "
                                + (NativeType.packsBlocks(plan, target) ? "$2T.PACKER.function(), " : "")
                                + "family, host, tuning)",
                        Int8NativeCompute.class,
                        code);
            case STATIC ->
                CodeBlock.of("new $T($T.CODE.function(), family, host, tuning)", StaticInt8NativeCompute.class, code);
        };
    }
}
