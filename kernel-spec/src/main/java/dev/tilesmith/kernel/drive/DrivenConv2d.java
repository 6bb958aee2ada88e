package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.memory.OperandNames;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.PackedFilters;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A convolution that checks its operands, splits the output among threads, gathers patches of the images a block at a time, and
 * leaves their multiplication to a family's generated code. Generated kernel classes extend it and add nothing.
 */
public abstract class DrivenConv2d extends Driven implements Conv2dKernel {
    private final ScratchPool pool = new ScratchPool();

    /**
     * A kernel that computes by the families of {@code lineup}.
     *
     * @param lineup the families' code
     * @param clamps whether the declaration allows bounds on results
     */
    protected DrivenConv2d(Lineup lineup, boolean clamps) {
        super(lineup, clamps, OperandNames.CONVOLUTION);
    }

    @Override
    public final PackedFilters packFilters(Conv2dShape shape, Weights filters, PackOptions options) {
        ConvolutionSizes.check(shape, filters);
        final int ofGroup = shape.outputChannels() / shape.groups();
        final List<PackedRhs> groups = IntStream.range(0, shape.groups())
                .mapToObj(group -> filters.channels(group * ofGroup, ofGroup))
                .<PackedRhs>map(weights -> families().pack(weights, options))
                .toList();
        final int zeroPoint = filters.ends()
                .requantization()
                .map(Requantization::lhsZeroPoint)
                .orElse(0);
        return new PackedFilters(shape, groups, zeroPoint);
    }

    @Override
    public final String explain(Conv2dShape shape) {
        final String path = shape.isPointwise()
                ? "the product of pixels where they lie"
                : "the general path, the product of patches, which are gathered a block at a time; no size has code of its own";
        return "convolution %s on %s: %s".formatted(ConvolutionSizes.show(shape), family().target(), path);
    }

    @Override
    public final void run(Images src, PackedFilters filters, Images dst, RunOptions options) {
        new Convolution(families(), src, filters, dst, options).run(pool);
    }
}
