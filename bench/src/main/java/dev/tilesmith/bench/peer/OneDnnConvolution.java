package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Convolution;
import dev.tilesmith.bench.work.LayerOperands;
import dev.tilesmith.bench.work.StaticScales;
import dev.tilesmith.runtime.Conv2dShape;
import java.lang.foreign.MemorySegment;

/** oneDNN's convolution primitive. Its dimensions are named N, C, H, W whatever the order in memory, which here is NHWC. */
final class OneDnnConvolution {
    private final Convolution convolution;
    private final Conv2dShape pixels;
    private final LayerOperands operands;
    private final LayerEnds ends;
    private final OneDnnCall call = new OneDnnCall();

    OneDnnConvolution(Convolution convolution, LayerOperands operands, LayerEnds ends) {
        this.convolution = convolution;
        this.pixels = convolution.pixels();
        this.operands = operands;
        this.ends = ends;
    }

    /** What runs it. */
    Runnable ready() {
        operands.int8().ifPresent(this::quantize);
        final Types types =
                switch (operands.format()) {
                    case F32 -> new Types(OneDnn.F32, OneDnn.F32);
                    case STATIC_INT8 -> new Types(OneDnn.U8, OneDnn.S8);
                };
        final int outputHeight = convolution.outputHeight();
        final int outputWidth = convolution.outputWidth();
        final MemorySegment src =
                images(types.activations, convolution.height(), convolution.width(), pixels.inputChannels());
        final MemorySegment dst = images(types.activations, outputHeight, outputWidth, pixels.outputChannels());
        final MemorySegment description = OneDnn.convolutionDescription(
                call.engine(),
                src,
                OneDnn.anyDescription(types.filters, extents()),
                dst,
                new long[] {pixels.strideHeight(), pixels.strideWidth()},
                new long[] {convolution.paddingTop(), convolution.paddingLeft()},
                new long[] {convolution.paddingBottom(), convolution.paddingRight()},
                call.attributes());
        call.operand(OneDnn.ARG_SRC, src, ends.src());
        call.weights(description, OneDnn.description(types.filters, extents(), strides()), filters());
        call.operand(OneDnn.ARG_DST, dst, ends.dst());
        return call.ready(description);
    }

    /** Types of elements. */
    private record Types(int activations, int filters) {}

    private void quantize(LayerOperands.StaticInt8 int8) {
        final StaticScales scales = int8.scales();
        call.steps(OneDnn.ARG_SRC, steps(scales.lhsScale(), scales.lhsZeroPoint()));
        call.steps(OneDnn.ARG_DST, steps(scales.dstScale(), scales.dstZeroPoint()));
        final int mask = convolution.isDepthwise() ? OneDnn.FOR_EACH_OUTPUT_OF_GROUPS : OneDnn.FOR_EACH_OUTPUT;
        call.weightScales(mask, int8.filters().scales());
    }

    private static OneDnnCall.Steps steps(float scale, int zeroPoint) {
        return new OneDnnCall.Steps().set(scale, zeroPoint + StaticScales.UNSIGNED);
    }

    private MemorySegment filters() {
        return operands.int8().map(int8 -> call.copied(int8.filters().values())).orElse(operands.weights());
    }

    private static MemorySegment images(int type, long height, long width, long channels) {
        return OneDnn.description(type, new long[] {1, channels, height, width}, new long[] {
            height * width * channels, 1, width * channels, channels
        });
    }

    /** Filters are O, I, H, W, in groups G, O, I, H, W. */
    private long[] extents() {
        return convolution.isDepthwise()
                ? new long[] {pixels.groups(), 1, 1, pixels.kernelHeight(), pixels.kernelWidth()}
                : new long[] {
                    pixels.outputChannels(), pixels.inputChannels(), pixels.kernelHeight(), pixels.kernelWidth()
                };
    }

    /** Ours lie in the order OHWI. */
    private long[] strides() {
        final long width = pixels.kernelWidth();
        final long k = pixels.k();
        final long channels = pixels.inputChannels();
        return convolution.isDepthwise()
                ? new long[] {k, k, k, width, 1}
                : new long[] {k, 1, width * channels, channels};
    }
}
