package dev.tilesmith.conformance;

import dev.tilesmith.spec.Activation;
import java.util.List;

/** Depthwise convolutions under test. */
final class DepthwiseFormats {
    private DepthwiseFormats() {}

    /** f32, as it is and with an activation and nothing else; filters of 16 bits; pixels too, and results; int8, quantized beforehand. */
    static List<Conv2dFormat> all() {
        final FormatUnderTest activated = new ActivatedFormat(new F32Format(true), Activation.RELU, List.of());
        return List.of(
                Conv2dFormat.depthwise(Formats.F32.getFirst(), DepthwiseF32KernelKernels.table()),
                Conv2dFormat.depthwise(activated, DepthwiseReluKernelKernels.table()),
                Conv2dFormat.depthwise(Formats.HALVES.getFirst(), DepthwiseF16KernelKernels.table()),
                Conv2dFormat.depthwise(Formats.HALVES.get(2), DepthwiseBf16KernelKernels.table()),
                Conv2dFormat.depthwise(Formats.HALF_ROWS.getFirst(), DepthwiseF16RowsKernelKernels.table()),
                Conv2dFormat.depthwise(Formats.HALF_RESULTS.get(2), DepthwiseBf16ResultsKernelKernels.table()),
                Conv2dFormat.depthwise(Formats.STATIC_INT8.getFirst(), DepthwiseStaticInt8KernelKernels.table()));
    }
}
