package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.memory.OperandNames;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.PackedDepthwiseFilters;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;

/**
 * A depthwise convolution that checks its operands, splits the output among threads, and leaves the computing to a family's
 * generated code. Generated kernel classes extend it and add nothing.
 */
public abstract class DrivenDepthwiseConv2d extends Driven implements DepthwiseConv2dKernel {
    /**
     * A kernel that computes by the families of {@code lineup}.
     *
     * @param lineup the families' code
     * @param clamps whether the declaration allows bounds on results
     */
    protected DrivenDepthwiseConv2d(Lineup lineup, boolean clamps) {
        super(lineup, clamps, OperandNames.CONVOLUTION);
    }

    @Override
    public final PackedDepthwiseFilters packFilters(Conv2dShape shape, Weights filters, PackOptions options) {
        shape.requireDepthwise();
        ConvolutionSizes.check(shape, filters);
        final int zeroPoint = filters.ends()
                .requantization()
                .map(Requantization::lhsZeroPoint)
                .orElse(0);
        return new PackedDepthwiseFilters(shape, families().packDepthwise(shape, filters, options), zeroPoint);
    }

    @Override
    public final String explain(Conv2dShape shape) {
        shape.requireDepthwise();
        final DepthwiseCompute compute = families().depthwise();
        return "depthwise %s on %s: %s; %s"
                .formatted(ConvolutionSizes.show(shape), family().target(), compute.path(shape), compute.ownSizes());
    }

    @Override
    public final void run(Images src, PackedDepthwiseFilters filters, Images dst, RunOptions options) {
        new DepthwiseConvolution(families(), src, filters, dst, options).run();
    }
}
