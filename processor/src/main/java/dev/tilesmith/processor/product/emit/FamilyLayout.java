package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.spec.Format;

/** The layout of a family's panels, as generated code says it. */
final class FamilyLayout {
    private final KernelPlan plan;
    private final FamilyPlan family;

    FamilyLayout(KernelPlan plan, FamilyPlan family) {
        this.plan = plan;
        this.family = family;
    }

    PanelLayout layout() {
        final Declaration declaration = plan.declaration();
        final int nr = family.nr();
        final int kr = family.kr();
        final boolean bias = declaration.bias();
        return switch (plan.recipe().lhs()) {
            case AS_IT_LIES, F16, BF16, QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS ->
                plan.scales()
                        .map(scales -> new PanelLayout(declaration.rhs(), nr, kr, bias, scales.format()))
                        .orElseGet(() -> new PanelLayout(declaration.rhs(), nr, kr, bias));
            case STATIC -> new PanelLayout(declaration.rhs(), nr, kr, bias, declaration.dst(), family.lhsOffset());
        };
    }

    CodeBlock expression() {
        final Declaration declaration = plan.declaration();
        final CodeBlock shape = CodeBlock.of(
                "$T.$L, $L, $L, $L", Format.class, declaration.rhs(), family.nr(), family.kr(), declaration.bias());
        return switch (plan.recipe().lhs()) {
            case AS_IT_LIES, F16, BF16, QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS ->
                plan.scales()
                        .map(scales -> CodeBlock.of(
                                "new $T($L, $T.$L)", PanelLayout.class, shape, Format.class, scales.format()))
                        .orElseGet(() -> CodeBlock.of("new $T($L)", PanelLayout.class, shape));
            case STATIC ->
                CodeBlock.of(
                        "new $T($L, $T.$L, $L)",
                        PanelLayout.class,
                        shape,
                        Format.class,
                        declaration.dst(),
                        family.lhsOffset());
        };
    }
}
