package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.emit.CodeConstant;
import dev.tilesmith.processor.emit.CodeText;
import dev.tilesmith.processor.emit.Detail;
import dev.tilesmith.processor.emit.GeneratedNames;
import dev.tilesmith.processor.emit.NoInstances;
import dev.tilesmith.processor.lower.BlockPacker;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;

/**
 * The class of one family in machine code: its tiles, the quantizer of a left operand that is quantized when the kernel
 * runs, and a packer of weights in blocks; each instruction beside its text.
 */
final class NativeType {
    private final KernelPlan kernel;
    private final FamilyPlan plan;
    private final MachineTarget target;
    private final GeneratedNames names;
    private final Detail detail;
    private final CodeStore store;

    NativeType(KernelPlan kernel, FamilyPlan plan, MachineTarget target, Detail detail, CodeStore store) {
        this.kernel = kernel;
        this.detail = detail;
        this.store = store;
        this.plan = plan;
        this.target = target;
        this.names = new GeneratedNames(kernel.declaration());
    }

    TypeSpec type() {
        final CodeText code = store.tiles(
                target, plan.nr(), target.programs(new TilePrograms(kernel, plan)), plan.schedule(), detail);
        final TypeSpec.Builder type = names.familyType(plan.name())
                .addJavadoc("""
                    The machine code of {@link $T} for $L: one function with tiles of up to $L rows by $L columns$L,
                    $L bytes, its arguments laid out by {@code dev.tilesmith.kernel.argument.NativeArguments}.
                    """, names.kernel(), plan.target(), plan.mrs().getLast(), plan.nr(), loop(), code.size())
                .addMethod(NoInstances.constructor());
        new CodeConstant("CODE", "The tiles", code).addTo(type);
        switch (kernel.recipe().lhs()) {
            case AS_IT_LIES, F16, BF16, STATIC -> {}
            case QUANTIZED_BY_ROW, QUANTIZED_IN_BLOCKS -> addQuantizer(type);
        }
        if (target instanceof BlockPacker packer && kernel.scales().isPresent()) {
            addPacker(type, store.packer(packer, new FamilyLayout(kernel, plan).layout(), detail));
        }
        return type.build();
    }

    /** What there is to say of its loops, which go as those of every target unless it is said. */
    private String loop() {
        return ScheduleText.of(plan.schedule()).map(", "::concat).orElse("");
    }

    /** Whether there is machine code that packs ggml's blocks. */
    static boolean packsBlocks(KernelPlan kernel, MachineTarget target) {
        return target instanceof BlockPacker && kernel.scales().isPresent();
    }

    private void addPacker(TypeSpec.Builder type, CodeText packer) {
        type.addJavadoc("""
            A third lays rows of ggml's blocks into a panel, $L bytes, its arguments laid out by {@code
            dev.tilesmith.kernel.argument.PackerArguments}.
            """, packer.size());
        new CodeConstant("PACKER", "What packs blocks", packer).addTo(type);
    }

    private void addQuantizer(TypeSpec.Builder type) {
        final CodeText quantizer = store.quantizer(target, plan.contraction(), detail);
        type.addJavadoc("""
            Another function quantizes rows, $L bytes, its arguments laid out by {@code
            dev.tilesmith.kernel.argument.QuantizerArguments}.
            """, quantizer.size());
        new CodeConstant("QUANTIZER", "What quantizes rows", quantizer).addTo(type);
    }
}
