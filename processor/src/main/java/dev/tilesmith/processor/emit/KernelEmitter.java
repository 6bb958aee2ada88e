package dev.tilesmith.processor.emit;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.plan.FamilyPlan;
import dev.tilesmith.processor.plan.KernelPlan;
import dev.tilesmith.processor.plan.TypeNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Element;

/** Writes the source files of one declaration. */
public final class KernelEmitter {
    private final KernelPlan plan;
    private final Detail detail;

    /** Writes what {@code plan} asks for. */
    public KernelEmitter(KernelPlan plan, Detail detail) {
        this.plan = plan;
        this.detail = detail;
    }

    /**
     * Writes the files, the facade first.
     *
     * @param origin the declared interface: the only thing the files depend on
     * @throws FilerException if there is a type of a generated one's name, which is its message
     */
    public void write(Element origin, Filer filer) throws IOException {
        for (final TypeSpec type : types()) {
            try {
                file(type.toBuilder().addOriginatingElement(origin).build()).writeTo(filer);
            } catch (FilerException e) {
                final FilerException taken =
                        new FilerException(new TypeNames(plan.declaration().subject()).qualified(type.name()));
                taken.initCause(e);
                throw taken;
            }
        }
    }

    /** All types are imported, those of {@code java.lang} too: the declaration's package may have a {@code Math}. */
    private JavaFile file(TypeSpec type) {
        return JavaFile.builder(plan.declaration().subject().packageName(), type)
                .indent("    ")
                .build();
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
            case MachineTarget target -> new NativeType(plan, family, target, detail).type();
            case JavaTarget _ ->
                switch (family.contraction().rhs().stored()) {
                    case F32 -> new F32FamilyType(plan, family).type();
                    case INT8, NIBBLES, TWO_BITS ->
                        IntegerFamilyType.of(plan, family).type();
                };
        };
    }
}
