package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.memory.Access;
import dev.tilesmith.kernel.memory.OperandNames;
import dev.tilesmith.kernel.memory.Overlap;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.thread.PartRunner;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.PackedDepthwiseFilters;
import dev.tilesmith.runtime.RunOptions;
import java.util.List;

/** One call of a depthwise convolution: what is checked of it, and the parts that threads take. */
final class DepthwiseConvolution {
    private final DrivenFamilies families;
    private final Images src;
    private final PackedDepthwiseFilters filters;
    private final Images dst;
    private final RunOptions options;

    DepthwiseConvolution(
            DrivenFamilies families, Images src, PackedDepthwiseFilters filters, Images dst, RunOptions options) {
        this.families = families;
        this.src = src;
        this.filters = filters;
        this.dst = dst;
        this.options = options;
    }

    /** Checks the operands, then computes. */
    void run() {
        ConvolutionSizes.check(filters.shape(), src, dst);
        families.checkBounds(options);
        final PackedPanels packed = PackedPanels.of(filters.values());
        final DepthwiseCompute compute = families.depthwise(packed, Portion.rows(options, dst.pixels()));
        compute.check(src.pixels(), dst.pixels());
        compute.checkOptions(options);
        Access.check(OperandNames.CONVOLUTION, src.pixels(), packed, dst.pixels(), options.parallelism());
        Overlap.check(OperandNames.CONVOLUTION, src.pixels(), packed, dst.pixels());
        final Portion portion = Portion.of(options, dst.pixels());
        if (portion.rows() == 0 || portion.columns() == 0) {
            return;
        }
        final DepthwiseProduct whole = new DepthwiseProduct(
                filters.shape(),
                src,
                filters.paddingValue(),
                Product.of(src.pixels(), packed, dst.pixels(), portion, options));
        final DepthwiseBlocks blocks = compute.blocks(whole);
        try {
            if (options.finiteRows()) {
                FiniteRows.check(
                        FiniteRows.Place.PIXEL,
                        src.pixels(),
                        LhsFormat.of(compute.family().lhs()));
            }
            compute(compute, whole, blocks);
        } catch (IllegalStateException e) {
            throw Access.explain(e, OperandNames.CONVOLUTION, src.pixels(), packed, dst.pixels());
        }
    }

    private void compute(DepthwiseCompute compute, DepthwiseProduct whole, DepthwiseBlocks blocks) {
        final int threads = options.parallelism() == 1
                ? 1
                : WorkSplit.threads(whole.product(), compute.splitting(), options.parallelism());
        if (threads == 1) {
            compute.run(whole, blocks);
            return;
        }
        final List<Product> parts = WorkSplit.of(whole.product(), compute.family(), compute.splitting(), threads)
                .parts();
        PartRunner.run(
                parts.size(), options.executor(), threads, part -> compute.run(whole.part(parts.get(part)), blocks));
    }
}
