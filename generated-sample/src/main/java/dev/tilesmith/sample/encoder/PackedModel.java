package dev.tilesmith.sample.encoder;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.sample.model.BertWeights;
import dev.tilesmith.sample.model.EncoderLayer;
import dev.tilesmith.sample.model.LayerNorm;
import java.util.List;

/**
 * An encoder's weights, packed for one kernel. Immutable; any number of {@link SentenceEncoder}s share it.
 *
 * @param kernel multiplies
 * @param weights the weights as the file has them
 * @param layers the packed layers, first to last
 */
public record PackedModel(MatMulKernel kernel, BertWeights weights, List<Layer> layers) {
    /** Copies the list. */
    public PackedModel {
        layers = List.copyOf(layers);
    }

    /** Packs all layers for {@code kernel}, in the format that {@code precision} gives. */
    public static PackedModel pack(BertWeights weights, MatMulKernel kernel, Precision precision) {
        final List<Layer> layers = weights.layers().stream()
                .map(layer -> Layer.pack(layer, kernel, precision))
                .toList();
        return new PackedModel(kernel, weights, layers);
    }

    /**
     * One packed layer.
     *
     * @param queryKeyValue hidden → 3 hidden
     * @param attentionOutput hidden → hidden
     * @param attentionNorm after attention
     * @param feedForwardIn hidden → inner
     * @param feedForwardOut inner → hidden
     * @param outputNorm after the feed-forward layers
     */
    public record Layer(
            PackedRhs queryKeyValue,
            PackedRhs attentionOutput,
            LayerNorm attentionNorm,
            PackedRhs feedForwardIn,
            PackedRhs feedForwardOut,
            LayerNorm outputNorm) {

        static Layer pack(EncoderLayer layer, MatMulKernel kernel, Precision precision) {
            return new Layer(
                    kernel.packRhs(precision.weights(layer.queryKeyValue())),
                    kernel.packRhs(precision.weights(layer.attentionOutput())),
                    layer.attentionNorm(),
                    kernel.packRhs(precision.weights(layer.feedForwardIn())),
                    kernel.packRhs(precision.weights(layer.feedForwardOut())),
                    layer.outputNorm());
        }
    }
}
