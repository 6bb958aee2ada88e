package dev.tilesmith.processor.operation.scaling;

import com.palantir.javapoet.MethodSpec;
import dev.tilesmith.processor.check.Companion;
import dev.tilesmith.processor.check.NamesRule;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.emit.GeneratedNames;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.processor.operation.Operation;
import java.io.IOException;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** Values times a number: {@code @Scaling}. */
public final class ScalingOperation implements Operation<ScalingDeclaration> {
    private static final KernelType KERNEL = new KernelType(Scaling.class, ScalingKernel.class, DrivenScaling.class);

    @Override
    public KernelType kernelType() {
        return KERNEL;
    }

    @Override
    public List<Companion> companions() {
        return List.of();
    }

    @Override
    public ScalingDeclaration read(TypeElement type, TypeReader reader) {
        return new ScalingDeclaration(
                reader.subject(type, KERNEL),
                reader.scope(type),
                reader.annotations(type, Scaling.class).getFirst().integer("by"));
    }

    @Override
    public List<List<Rule<? super ScalingDeclaration>>> rules() {
        return List.of(List.of(new ScalingRule(), new NamesRule<>(_ -> List.of())));
    }

    @Override
    public void emit(ScalingDeclaration declaration, SourceWriter writer) throws IOException {
        final GeneratedNames names = new GeneratedNames(declaration);
        writer.write(names.facade()
                .superclass(DrivenScaling.class)
                .addSuperinterface(names.kernel())
                .addMethod(MethodSpec.constructorBuilder()
                        .addStatement("super($L)", declaration.by())
                        .build())
                .build());
    }
}
