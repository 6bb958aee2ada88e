package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.product.model.SweepRequest;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the source files of one declaration. */
public final class KernelEmitter {
    private final KernelPlan plan;
    private final FamilyCode code;

    /**
     * Writes what {@code plan} asks for.
     *
     * @param code the code of its families
     */
    public KernelEmitter(KernelPlan plan, FamilyCode code) {
        this.plan = plan;
        this.code = code;
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
        types.add(new FacadeType(plan, code).type());
        for (final FamilyPlan family : plan.families()) {
            types.add(code.type(plan, family));
        }
        return types;
    }
}
