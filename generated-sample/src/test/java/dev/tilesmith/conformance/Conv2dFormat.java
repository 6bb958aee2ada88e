package dev.tilesmith.conformance;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.reference.Conv2dReference;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Activation;
import java.util.List;

/**
 * Convolutions under test: a format of products, of which rows are pixels and weights are filters, and the kernels that convolve
 * such.
 *
 * @param format what pixels, filters and results are
 * @param table the kernels
 */
record Conv2dFormat(FormatUnderTest format, DispatchTable<? extends Conv2dKernel> table) {
    /** f32, as it is and with all that a declaration can say; binary16; int8, quantized as it comes and beforehand. */
    static List<Conv2dFormat> all() {
        final FormatUnderTest activated = new ActivatedFormat(new F32Format(true), Activation.RELU, List.of());
        return List.of(
                new Conv2dFormat(Formats.F32.getFirst(), Conv2dF32KernelKernels.table()),
                new Conv2dFormat(activated, Conv2dTiledKernelKernels.table()),
                new Conv2dFormat(Formats.HALF_RESULTS.getFirst(), Conv2dF16KernelKernels.table()),
                new Conv2dFormat(Formats.INT8.getFirst(), Conv2dInt8KernelKernels.table()),
                new Conv2dFormat(Formats.STATIC_INT8.getFirst(), Conv2dStaticInt8KernelKernels.table()));
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
