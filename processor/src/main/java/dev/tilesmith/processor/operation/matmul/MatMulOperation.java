package dev.tilesmith.processor.operation.matmul;

import dev.tilesmith.kernel.drive.DrivenKernel;
import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.model.AnnotationSource;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.processor.operation.Operation;
import dev.tilesmith.processor.operation.matmul.check.MatMulMessage;
import dev.tilesmith.processor.operation.matmul.check.MatMulRules;
import dev.tilesmith.processor.operation.matmul.emit.CodeStore;
import dev.tilesmith.processor.operation.matmul.emit.KernelEmitter;
import dev.tilesmith.processor.operation.matmul.model.Declaration;
import dev.tilesmith.processor.operation.matmul.model.DeclarationReader;
import dev.tilesmith.processor.operation.matmul.model.Places;
import dev.tilesmith.processor.operation.matmul.plan.Planner;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Tiles;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** The product of matrices: {@code @MatMul}, with tile plans by {@code @Tiles} and lattices of tiles by {@code @Sweep}. */
public final class MatMulOperation implements Operation<Declaration> {
    private static final KernelType KERNEL = new KernelType(MatMul.class, MatMulKernel.class, DrivenKernel.class);

    /** What the declarations of one javac have in common. */
    private final CodeStore store = new CodeStore();

    /** The operation. */
    public MatMulOperation() {}

    @Override
    public KernelType kernelType() {
        return KERNEL;
    }

    @Override
    public Set<Class<? extends Annotation>> companions() {
        return Set.of(Tiles.class, Tiles.List.class, Sweep.class);
    }

    @Override
    public List<Finding> astray(Element element) {
        final AnnotationSource source = new AnnotationSource(element);
        final List<Finding> findings = new ArrayList<>();
        if (source.has(Tiles.class)) {
            findings.add(Finding.of(MatMulMessage.TILES_WITHOUT_MATMUL, Places.tiles(0, "target"), element));
        }
        if (source.has(Sweep.class)) {
            findings.add(Finding.of(MatMulMessage.SWEEP_WITHOUT_MATMUL, Places.sweep(), element));
        }
        return findings;
    }

    @Override
    public Declaration read(TypeElement type, TypeReader reader) {
        return new DeclarationReader(reader, KERNEL).read(type);
    }

    @Override
    public List<List<Rule<? super Declaration>>> rules() {
        return MatMulRules.groups();
    }

    @Override
    public void emit(Declaration declaration, SourceWriter writer) throws IOException {
        new KernelEmitter(Planner.plan(declaration), writer.detail(), store).write(writer);
    }
}
