package dev.tilesmith.processor.operation.depthwise;

import dev.tilesmith.kernel.drive.DrivenDepthwiseConv2d;
import dev.tilesmith.processor.check.Companion;
import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.NamesRule;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.processor.operation.Operation;
import dev.tilesmith.processor.product.Products;
import dev.tilesmith.processor.product.check.FormatsRule;
import dev.tilesmith.processor.product.check.ProductRules;
import dev.tilesmith.processor.product.check.TargetsRule;
import dev.tilesmith.processor.product.emit.CodeStore;
import dev.tilesmith.processor.product.emit.KernelEmitter;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.DepthwiseConv2d;
import dev.tilesmith.spec.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * The depthwise convolution of images: {@code @DepthwiseConv2d}. It is declared as a product is, ends as one does, and has a plan and
 * code of its own.
 */
public final class DepthwiseConv2dOperation implements Operation<Declaration> {
    private static final KernelType KERNEL =
            new KernelType(DepthwiseConv2d.class, DepthwiseConv2dKernel.class, DrivenDepthwiseConv2d.class);

    private final Products products = new Products(KERNEL, List.of());

    /** What the declarations of one javac have in common. */
    private final CodeStore store = new CodeStore();

    /** The operation. */
    public DepthwiseConv2dOperation() {}

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
        final List<Rule<? super Declaration>> ofFormats =
                new ArrayList<>(ProductRules.ofAnyCode(DepthwisePlanner::candidates));
        ofFormats.add(new TargetsRule(
                declaration -> DepthwisePlanner.candidates(declaration).targets(),
                DepthwiseConv2dOperation::withoutCode));
        return List.of(
                List.of(new FormatsRule(DepthwiseMessage.UNSUPPORTED_FORMATS, DepthwisePlanner.formats())),
                ofFormats,
                List.of(new NamesRule<>(declaration -> ProductRules.families(DepthwisePlanner.plan(declaration))
                        .toList())));
    }

    private static Finding withoutCode(Declaration declaration, Location location, Target target, List<Target> able) {
        return Finding.of(DepthwiseMessage.TARGET_WITHOUT_CODE, location, target, able);
    }

    @Override
    public void emit(Declaration declaration, SourceWriter writer) throws IOException {
        new KernelEmitter(DepthwisePlanner.plan(declaration), new DepthwiseCode(writer.detail(), store)).write(writer);
    }
}
