package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.sample.network.Operation;
import dev.tilesmith.sample.rows.RowMath;
import java.util.Optional;

/** Which layer does what a step says. */
final class Layers {
    private final Kernels kernels;
    private final RowMath math = RowMath.best();

    Layers(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * The layer of an operation, its filters packed.
     *
     * @throws IllegalArgumentException if no kernel is declared for it
     */
    Layer of(Operation operation) {
        return switch (operation) {
            case Operation.Convolution convolution -> convolution(convolution);
            case Operation.Doubling doubling -> DoublingLayer.of(doubling, kernels.convolution(doubling.activation()));
            case Operation.Attention attention -> new AttentionLayer(kernels.products(), attention, math);
            case Operation.Activate(var activation) ->
                throw new IllegalArgumentException("activation: " + activation + " that follows no convolution");
            case Operation.Affine affine -> new AffineLayer(affine);
            case Operation.HardSigmoid curve -> new HardSigmoidLayer(curve);
            case Operation.Sigmoid _ -> new SigmoidLayer();
            case Operation.Softmax _ -> new SoftmaxLayer(math);
            case Operation.Add _ -> new AddLayer();
            case Operation.Gate gate -> new GateLayer(gate);
            case Operation.Concat _ -> new ConcatLayer();
            case Operation.GlobalAverage _ -> new GlobalAverageLayer();
            case Operation.Average window -> new AverageLayer(window);
            case Operation.Enlarge enlarge -> new EnlargeLayer(enlarge);
            case Operation.LayerNorm norm -> new LayerNormLayer(norm);
        };
    }

    private Layer convolution(Operation.Convolution convolution) {
        final Conv2dShape shape = convolution.shape();
        if (shape.isPointwise() && shape.groups() == 1) {
            return ConvolutionLayer.of(convolution, kernels.pointwise(convolution.activation()));
        }
        final Optional<DepthwiseConv2dKernel> depthwise = shape.groups() == shape.inputChannels()
                ? kernels.depthwise(convolution.activation())
                : Optional.empty();
        return depthwise
                .<Layer>map(found -> DepthwiseLayer.of(convolution, found))
                .orElseGet(() -> ConvolutionLayer.of(convolution, kernels.convolution(convolution.activation())));
    }
}
