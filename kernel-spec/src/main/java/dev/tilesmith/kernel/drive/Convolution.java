package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.memory.Access;
import dev.tilesmith.kernel.memory.OperandNames;
import dev.tilesmith.kernel.memory.Overlap;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.thread.PartRunner;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedFilters;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import java.util.ArrayList;
import java.util.List;

/** One call of a convolution: what is checked of it, and the products that it is, one for each group of channels. */
final class Convolution {
    private final DrivenFamilies families;
    private final Images src;
    private final PackedFilters filters;
    private final Images dst;
    private final RunOptions options;
    private final Conv2dShape shape;

    Convolution(DrivenFamilies families, Images src, PackedFilters filters, Images dst, RunOptions options) {
        this.families = families;
        this.src = src;
        this.filters = filters;
        this.dst = dst;
        this.options = options;
        this.shape = filters.shape();
    }

    /** Checks the operands, then computes. */
    void run(ScratchPool pool) {
        ConvolutionSizes.check(shape, src, dst);
        final List<RowsProduct> products = products(pool);
        if (products.isEmpty()) {
            return;
        }
        try {
            if (options.finiteRows()) {
                FiniteRows.check(FiniteRows.Place.PIXEL, src.pixels(), lhsFormat());
            }
            compute(products);
        } catch (IllegalStateException e) {
            throw explained(e);
        }
    }

    private LhsFormat lhsFormat() {
        return LhsFormat.of(families.family().lhs());
    }

    /** The product of each group that has results to compute, when all operands have been checked. */
    private List<RowsProduct> products(ScratchPool pool) {
        families.checkBounds(options);
        lhsFormat().require("src", src.pixels());
        final int ofGroup = shape.outputChannels() / shape.groups();
        final List<RowsProduct> products = new ArrayList<>(shape.groups());
        for (int group = 0; group < shape.groups(); group++) {
            final PackedPanels packed = PackedPanels.of(filters.groups().get(group));
            final ProductCompute compute = families.of(packed, Portion.rows(options, dst.pixels()));
            final Matrix results = dst.pixels().slice(0, dst.pixels().rows(), group * ofGroup, ofGroup);
            final Patches patches = new Patches(shape, src, group, filters.paddingValue());
            compute.check(patches.none(), results);
            compute.checkOptions(options);
            Access.check(OperandNames.CONVOLUTION, src.pixels(), packed, results, options.parallelism());
            Overlap.check(OperandNames.CONVOLUTION, src.pixels(), packed, dst.pixels());
            final Portion portion = Portion.of(options, dst.pixels()).columnsFrom(group * ofGroup, ofGroup);
            if (portion.rows() > 0 && portion.columns() > 0) {
                final Product product = Product.of(patches.none(), packed, results, portion, options);
                products.add(
                        shape.isPointwise()
                                ? new RowsProduct.InPlace(compute, product.withLhs(patches.pixels()))
                                : new RowsProduct.Gathered(compute, product, patches, pool));
            }
        }
        return products;
    }

    private void compute(List<RowsProduct> products) {
        final int threads = threads(products);
        if (threads == 1) {
            products.forEach(RowsProduct::run);
            return;
        }
        final List<RowsProduct> parts = products.stream()
                .flatMap(product -> product.parts(products.size(), threads).stream())
                .toList();
        PartRunner.run(parts.size(), options.executor(), threads, part -> parts.get(part)
                .run());
    }

    /** On how many threads all groups together are best computed. */
    private int threads(List<RowsProduct> products) {
        if (options.parallelism() == 1) {
            return 1;
        }
        double worth = 0;
        for (final RowsProduct product : products) {
            worth += product.worthThreads();
        }
        return WorkSplit.threads(worth, options.parallelism());
    }

    /** Of filters those of a group that is closed, if one is. */
    private IllegalStateException explained(IllegalStateException failure) {
        final List<PackedRhs> groups = filters.groups();
        final PackedRhs closed = groups.stream()
                .filter(group -> !group.data().scope().isAlive())
                .findFirst()
                .orElseGet(groups::getFirst);
        return Access.explain(failure, OperandNames.CONVOLUTION, src.pixels(), closed, dst.pixels());
    }
}
