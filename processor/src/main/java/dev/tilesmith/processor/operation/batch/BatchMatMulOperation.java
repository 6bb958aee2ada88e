package dev.tilesmith.processor.operation.batch;

import dev.tilesmith.kernel.drive.DrivenBatchMatMul;
import dev.tilesmith.processor.check.Companion;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.processor.operation.Operation;
import dev.tilesmith.processor.product.Products;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.spec.BatchMatMul;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** Products of matrices in pairs: {@code @BatchMatMul}, with tile plans by {@code @Tiles}. */
public final class BatchMatMulOperation implements Operation<Declaration> {
    private static final KernelType KERNEL =
            new KernelType(BatchMatMul.class, BatchMatMulKernel.class, DrivenBatchMatMul.class);

    private final Products products = new Products(KERNEL, List.of(Products.TILES));

    /** The operation. */
    public BatchMatMulOperation() {}

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

    /** Those of products, after which it is known that there is a kernel for the formats. */
    @Override
    public List<List<Rule<? super Declaration>>> rules() {
        final List<List<Rule<? super Declaration>>> groups = new ArrayList<>(Products.rules());
        groups.add(List.of(new QuantizedInTheCallRule()));
        return groups;
    }

    @Override
    public void emit(Declaration declaration, SourceWriter writer) throws IOException {
        products.emit(declaration, writer);
    }
}
