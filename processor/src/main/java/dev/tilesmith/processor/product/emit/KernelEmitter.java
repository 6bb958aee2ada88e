package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.emit.Detail;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.product.model.SweepRequest;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the source files of one declaration. */
public final class KernelEmitter {
    private final KernelPlan plan;
    private final Detail detail;
    private final CodeStore store;

    /**
     * Writes what {@code plan} asks for.
     *
     * @param detail how much of machine code is listed
     * @param store of code that other declarations may have wanted already
     */
    public KernelEmitter(KernelPlan plan, Detail detail, CodeStore store) {
        this.plan = plan;
        this.detail = detail;
        this.store = store;
    }

    /**
     * Writes the files, the facade first.
     *
     * @throws IOException if one cannot be written
     */
    public void write(SourceWriter writer) throws IOException {
        for (final TypeSpec type : types()) {
            writer.write(type);
        }
        if (plan.declaration().sweep().isPresent()) {
            write(writer, plan.declaration().sweep().get());
        }
    }

    /** What measures, and by which it is found. */
    private void write(SourceWriter writer, SweepRequest sweep) throws IOException {
        if (sweep.hasJmh()) {
            writer.write(new SweepType(plan, sweep).type());
        }
        final SweepIndex index = new SweepIndex(plan.declaration().subject(), sweep);
        writer.write(index.name(), index.text());
    }

    private List<TypeSpec> types() {
        final List<TypeSpec> types = new ArrayList<>();
        types.add(new FacadeType(plan).type());
        for (final FamilyPlan family : plan.families()) {
            types.add(type(family));
        }
        return types;
    }

    private TypeSpec type(FamilyPlan family) {
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
}
