package dev.tilesmith.processor.operation.matmul;

import dev.tilesmith.kernel.drive.DrivenKernel;
import dev.tilesmith.processor.check.Companion;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.processor.operation.Operation;
import dev.tilesmith.processor.product.Products;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.MatMul;
import java.io.IOException;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** The product of matrices: {@code @MatMul}, with tile plans by {@code @Tiles} and lattices of tiles by {@code @Sweep}. */
public final class MatMulOperation implements Operation<Declaration> {
    private static final KernelType KERNEL = new KernelType(MatMul.class, MatMulKernel.class, DrivenKernel.class);

    private final Products products = new Products(KERNEL, List.of(Products.TILES, Products.SWEEP));

    /** The operation. */
    public MatMulOperation() {}

    @Override
    public KernelType kernelType() {
        return KERNEL;
    }

    @Override
    public List<Companion> companions() {
        return products.companions();
    }

    @Override
    public Declaration read(TypeElement type, TypeReader reader) {
        return products.read(type, reader);
    }

    @Override
    public List<List<Rule<? super Declaration>>> rules() {
        return Products.rules();
    }

    @Override
    public void emit(Declaration declaration, SourceWriter writer) throws IOException {
        products.emit(declaration, writer);
    }
}
