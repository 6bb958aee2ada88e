package dev.tilesmith.processor;

import com.palantir.javapoet.TypeSpec;
import dev.tilesmith.processor.check.Companion;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.processor.operation.Operation;
import dev.tilesmith.processor.operation.matmul.MatMulOperation;
import dev.tilesmith.processor.product.model.Declaration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** An operation of products, but for what is generated: keeps declarations that come this far, and writes an empty class for each. */
class RecordingOperation implements Operation<Declaration> {
    private final Operation<Declaration> real;
    private final List<Declaration> declarations = new ArrayList<>();

    /** The product of matrices. */
    RecordingOperation() {
        this(new MatMulOperation());
    }

    RecordingOperation(Operation<Declaration> real) {
        this.real = real;
    }

    @Override
    public KernelType kernelType() {
        return real.kernelType();
    }

    @Override
    public List<Companion> companions() {
        return real.companions();
    }

    @Override
    public Declaration read(TypeElement type, TypeReader reader) {
        return real.read(type, reader);
    }

    @Override
    public List<List<Rule<? super Declaration>>> rules() {
        return real.rules();
    }

    @Override
    public void emit(Declaration declaration, SourceWriter writer) throws IOException {
        writer.write(TypeSpec.classBuilder(declaration.subject().generatedPrefix() + "Kernels")
                .build());
        declarations.add(declaration);
    }

    /** The names of the declarations that came this far, in order. */
    final List<String> names() {
        return declarations.stream()
                .map(declaration -> declaration.subject().name())
                .toList();
    }

    final List<Declaration> declarations() {
        return List.copyOf(declarations);
    }
}
