package dev.tilesmith.processor.operation.depthwise;

import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.emit.CodeConstant;
import dev.tilesmith.processor.emit.CodeText;
import dev.tilesmith.processor.emit.Detail;
import dev.tilesmith.processor.emit.GeneratedNames;
import dev.tilesmith.processor.emit.NoInstances;
import dev.tilesmith.processor.lower.LineGrouper;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.product.emit.CodeStore;
import dev.tilesmith.processor.product.emit.TilePrograms;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;

/** The class of one family in machine code: what makes lines of results, and of bytes what lays the lines of images that these are made of. */
final class NativeDepthwiseType {
    private final KernelPlan kernel;
    private final FamilyPlan plan;
    private final MachineTarget target;
    private final Detail detail;
    private final CodeStore store;

    NativeDepthwiseType(KernelPlan kernel, FamilyPlan plan, MachineTarget target, Detail detail, CodeStore store) {
        this.kernel = kernel;
        this.plan = plan;
        this.target = target;
        this.detail = detail;
        this.store = store;
    }

    TypeSpec type() {
        final GeneratedNames names = new GeneratedNames(kernel.declaration());
        final TilePrograms programs = new TilePrograms(kernel, plan);
        final CodeText code = store.tiles(
                target, plan.nr(), plan.mrs().stream().map(programs::tile).toList(), plan.schedule(), detail);
        final TypeSpec.Builder type = names.familyType(plan.name())
                .addJavadoc("""
                    The machine code of {@link $T} for $L: a function that makes lines of results, $L channels of a pixel at once, $L bytes.
                    """, names.kernel(), plan.target(), plan.nr(), code.size())
                .addMethod(NoInstances.constructor());
        new CodeConstant("CODE", "What makes lines of results", code).addTo(type);
        if (!plan.contraction().rhs().stored().isFloat() && target instanceof LineGrouper grouper) {
            addLines(type, store.lines(grouper, plan.contraction(), detail));
        }
        return type.build();
    }

    private static void addLines(TypeSpec.Builder type, CodeText lines) {
        type.addJavadoc("Another lays lines of images for it, $L bytes.\n", lines.size());
        new CodeConstant("LINES", "What lays lines of images", lines).addTo(type);
    }
}
