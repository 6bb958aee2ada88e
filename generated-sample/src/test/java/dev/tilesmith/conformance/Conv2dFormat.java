package dev.tilesmith.conformance;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.reference.Conv2dReference;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Activation;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Convolutions under test: a format of products, of which rows are pixels and weights are filters, and the kernels that convolve
 * such.
 *
 * @param format what pixels, filters and results are
 * @param table the kernels
 * @param kernels gives those of them that are asked for
 */
record Conv2dFormat(FormatUnderTest format, DispatchTable<?> table, Supplier<Stream<Convolving>> kernels) {
    /** Of filters over all channels of a group. */
    static Conv2dFormat overChannels(FormatUnderTest format, DispatchTable<? extends Conv2dKernel> table) {
        return new Conv2dFormat(format, table, () -> Families.convolving(table).map(Convolving.OverChannels::new));
    }

    /** Of filters over one channel each. */
    static Conv2dFormat depthwise(FormatUnderTest format, DispatchTable<? extends DepthwiseConv2dKernel> table) {
        return new Conv2dFormat(format, table, () -> Families.depthwise(table).map(Convolving.Depthwise::new));
    }

    /** The families that run here. */
    Stream<Convolving> families() {
        return kernels.get();
    }

    /** f32, as it is and with all that a declaration can say; binary16; int8, quantized as it comes and beforehand. */
    static List<Conv2dFormat> all() {
        final FormatUnderTest activated = new ActivatedFormat(new F32Format(true), Activation.RELU, List.of());
        return List.of(
                overChannels(Formats.F32.getFirst(), Conv2dF32KernelKernels.table()),
                overChannels(activated, Conv2dTiledKernelKernels.table()),
                overChannels(Formats.HALF_RESULTS.getFirst(), Conv2dF16KernelKernels.table()),
                overChannels(Formats.INT8.getFirst(), Conv2dInt8KernelKernels.table()),
                overChannels(Formats.STATIC_INT8.getFirst(), Conv2dStaticInt8KernelKernels.table()));
    }

    /** Images, whose pixels are a few elements apart where the problem says so. */
    Images images(Conv2dProblem problem, Samples samples) {
        final int channels = problem.shape().inputChannels();
        final Matrix dense = format.lhs(problem.pixels(), Depth.of(channels + problem.gap()), samples);
        return problem.images(dense.slice(0, problem.pixels(), problem.gap() / 2, channels));
    }

    Weights filters(Conv2dProblem problem, Samples samples) {
        return format.weights(
                problem.shape().outputChannels(), Depth.of(problem.shape().k()), samples);
    }

    /** What the reference gives, as {@link Element#bits}, pixel after pixel. */
    int[] convolve(Conv2dProblem problem, Images images, Weights filters, Bounds bounds) {
        final Element element = format.dstElement();
        final Images results = Conv2dReference.convolve(
                problem.shape(),
                images,
                filters,
                (lhs, weights) -> element.onHeap(format.multiply(lhs, weights, bounds), lhs.rows(), weights.n()));
        return element.bits(results.pixels());
    }

    @Override
    public String toString() {
        return "convolution of " + format;
    }
}
