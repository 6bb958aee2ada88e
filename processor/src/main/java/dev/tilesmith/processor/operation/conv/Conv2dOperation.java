package dev.tilesmith.processor.operation.conv;

import dev.tilesmith.kernel.drive.DrivenConv2d;
import dev.tilesmith.processor.check.Companion;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.processor.operation.Operation;
import dev.tilesmith.processor.product.Products;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.spec.Conv2d;
import java.io.IOException;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * The convolution of images: {@code @Conv2d}, with tile plans by {@code @Tiles}. What a sweep measures is products, whose tiles are
 * the same.
 */
public final class Conv2dOperation implements Operation<Declaration> {
    private static final KernelType KERNEL = new KernelType(Conv2d.class, Conv2dKernel.class, DrivenConv2d.class);

    private final Products products = new Products(KERNEL, List.of(Products.TILES));

    /** The operation. */
    public Conv2dOperation() {}

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
