package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.spec.Activation;
import java.util.Map;
import java.util.Optional;

/**
 * The kernels that a network runs on.
 *
 * @param convolutions those of convolutions, by what follows them
 * @param pointwise those of convolutions of one pixel; where there is none, the others are
 * @param depthwise those of depthwise ones
 * @param products those of attention
 */
public record Kernels(
        Map<Activation, Conv2dKernel> convolutions,
        Map<Activation, Conv2dKernel> pointwise,
        Map<Activation, DepthwiseConv2dKernel> depthwise,
        BatchMatMulKernel products) {
    /** Copies the maps. */
    public Kernels {
        convolutions = Map.copyOf(convolutions);
        pointwise = Map.copyOf(pointwise);
        depthwise = Map.copyOf(depthwise);
    }

    /** Those of f32 that are best for this CPU. */
    public static Kernels f32() {
        return new Kernels(
                Map.of(
                        Activation.NONE, ConvolveKernels.best(),
                        Activation.RELU, ConvolveReluKernels.best(),
                        Activation.HARD_SWISH, ConvolveHardSwishKernels.best(),
                        Activation.SILU, ConvolveSiluKernels.best()),
                Map.of(),
                Map.of(
                        Activation.NONE, DepthwiseKernels.best(),
                        Activation.HARD_SWISH, DepthwiseHardSwishKernels.best()),
                AttendKernels.best());
    }

    /** Those with int8 in convolutions of one pixel, which are most of the work. */
    public static Kernels int8() {
        final Kernels f32 = f32();
        return new Kernels(
                f32.convolutions,
                Map.of(
                        Activation.NONE, ConvolveInt8Kernels.best(),
                        Activation.HARD_SWISH, ConvolveInt8HardSwishKernels.best(),
                        Activation.SILU, ConvolveInt8SiluKernels.best()),
                f32.depthwise,
                f32.products);
    }

    /** Why those are best: of each operation, one that stands for the others. */
    public static String explain() {
        return ConvolveHardSwishKernels.table().explain()
                + System.lineSeparator()
                + DepthwiseHardSwishKernels.table().explain()
                + System.lineSeparator()
                + AttendKernels.table().explain();
    }

    /** The kernel of convolutions of any shape. */
    Conv2dKernel convolution(Activation activation) {
        return Optional.ofNullable(convolutions.get(activation))
                .orElseThrow(() ->
                        new IllegalArgumentException("activation: no convolution is declared with " + activation));
    }

    /** The kernel of convolutions of one pixel. */
    Conv2dKernel pointwise(Activation activation) {
        return Optional.ofNullable(pointwise.get(activation)).orElseGet(() -> convolution(activation));
    }

    /** A depthwise kernel, if one is declared with that activation. */
    Optional<DepthwiseConv2dKernel> depthwise(Activation activation) {
        return Optional.ofNullable(depthwise.get(activation));
    }
}
