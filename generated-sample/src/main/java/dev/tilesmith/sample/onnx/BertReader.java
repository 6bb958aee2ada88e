package dev.tilesmith.sample.onnx;

import dev.tilesmith.sample.model.BertWeights;
import dev.tilesmith.sample.model.EmbeddingTable;
import dev.tilesmith.sample.model.EncoderLayer;
import dev.tilesmith.sample.model.LayerNorm;
import dev.tilesmith.sample.model.Projection;
import dev.tilesmith.sample.model.QuantizedMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the weights of a BERT encoder that ONNX Runtime's dynamic quantization has rewritten.
 *
 * <p>The graph says which weights are whose: from its output, the reader follows the nodes back through each layer to
 * the embeddings, and takes the constants that it meets. Nothing depends on the names of values.
 */
public final class BertReader {
    private static final int HALF_OF_BYTE = 128;

    private BertReader() {}

    /**
     * The weights in an ONNX file.
     *
     * @throws OnnxFormatException if the file is not ONNX, is cut short, or its graph has another shape
     */
    public static BertWeights read(byte[] file) {
        Value hidden = OnnxGraph.parse(file).output();
        final List<EncoderLayer> layers = new ArrayList<>();
        Heads heads = Heads.NONE;
        while (!isEmbeddings(hidden)) {
            final LayerMatch match = layer(hidden);
            layers.addFirst(match.layer);
            heads = match.heads;
            hidden = match.input;
        }
        if (layers.isEmpty()) {
            throw new OnnxFormatException("graph: no encoder layer above " + hidden.producerLabel());
        }
        return embeddings(hidden, layers, heads);
    }

    private record Heads(int count, int width) {
        static final Heads NONE = new Heads(0, 0);
    }

    private record LayerMatch(EncoderLayer layer, Heads heads, Value input) {}

    private record Linear(Projection projection, Value input) {}

    private record Norm(LayerNorm norm, Value input) {}

    /** Whether this layer norm is that of the embeddings: it norms sums of table entries. */
    private static boolean isEmbeddings(Value hidden) {
        final Value sum = norm(hidden).input;
        return sum.back("Add", 0).isMadeBy("DequantizeLinear")
                || sum.back("Add", 1).isMadeBy("DequantizeLinear");
    }

    private static LayerMatch layer(Value output) {
        final Norm outputNorm = norm(output);
        final Value.Pair outputSum = outputNorm.input.operands("Add", "a linear layer", BertReader::isLinear);
        final Linear feedForwardOut = linear(outputSum.first());
        final Linear feedForwardIn = linear(geluInput(feedForwardOut.input));
        requireSame("feed-forward input and residual", feedForwardIn.input, outputSum.second());

        final Norm attentionNorm = norm(feedForwardIn.input);
        final Value.Pair attentionSum = attentionNorm.input.operands("Add", "a linear layer", BertReader::isLinear);
        final Linear attentionOutput = linear(attentionSum.first());
        final Attention attention = attention(attentionOutput.input);
        requireSame("query input and residual", attention.query.input, attentionSum.second());
        requireSame("key input and query input", attention.key.input, attention.query.input);
        requireSame("value input and query input", attention.value.input, attention.query.input);
        final EncoderLayer layer = new EncoderLayer(
                attention.query.projection,
                attention.key.projection,
                attention.value.projection,
                attentionOutput.projection,
                attentionNorm.norm,
                feedForwardIn.projection,
                feedForwardOut.projection,
                outputNorm.norm);
        return new LayerMatch(layer, attention.heads, attention.query.input);
    }

    private record Attention(Linear query, Linear key, Linear value, Heads heads) {}

    /** Softmax of query · key / √width + mask, times value; heads side by side. */
    private static Attention attention(Value output) {
        final Value weighted = output.back("Reshape", 0).back("Transpose", 0);
        final Value masked = weighted.back("MatMul", 0).back("Softmax", 0);
        final Value.Pair scoresAndMask = masked.operands("Add", "scaled scores", value -> value.isMadeBy("Div"));
        final Value scaled = scoresAndMask.first();
        final Value scores = scaled.back("Div", 0);
        final Value query = scores.back("MatMul", 0).back("Transpose", 0);
        final Value key = scores.back("MatMul", 1).back("Transpose", 0);
        final Value value = weighted.back("MatMul", 1).back("Transpose", 0);
        final Value shape = query.back("Reshape", 1);
        final Heads heads = new Heads(headShape(shape, 2), headShape(shape, 3));
        final float divisor = scaled.back("Div", 1).constant("attention scale").scalar();
        if (Math.abs(divisor - Math.sqrt(heads.width)) > 1e-5) {
            throw new OnnxFormatException(scaled.producerLabel() + ": divides scores by " + divisor
                    + "; expected the root of the head width, " + heads.width);
        }
        return new Attention(
                linear(query.back("Reshape", 0)),
                linear(key.back("Reshape", 0)),
                linear(value.back("Reshape", 0)),
                heads);
    }

    /** The shape is put together of batch, sequence, heads and head width, of which the last two are constants. */
    private static int headShape(Value shape, int index) {
        final Value part = shape.back("Concat", index);
        return (part.isConstant() ? part : part.back("Unsqueeze", 0))
                .constant("shape of the heads")
                .int64();
    }

    /** {@code x · ½ · (1 + erf(x / √2))}. */
    private static Value geluInput(Value output) {
        final Value.Pair half = output.operands("Mul", "the constant 0.5", Value::isConstant);
        requireScalar(half.first(), 0.5);
        final Value.Pair product = half.second().operands("Mul", "1 + erf", BertReader::isOnePlus);
        final Value.Pair one = product.first().operands("Add", "the constant 1", Value::isConstant);
        requireScalar(one.first(), 1);
        final Value scaled = one.second().back("Erf", 0);
        requireScalar(scaled.back("Div", 1), Math.sqrt(2));
        requireSame("input of GELU and of its erf", scaled.back("Div", 0), product.second());
        return product.second();
    }

    /** Whether it is a sum with a constant, and not that of a linear layer's bias. */
    private static boolean isOnePlus(Value sum) {
        return sum.isMadeBy("Add")
                && (sum.back("Add", 0).isConstant() || sum.back("Add", 1).isConstant())
                && !isLinear(sum);
    }

    private static boolean isLinear(Value value) {
        return value.isMadeBy("Add")
                && (value.back("Add", 0).isConstant() || value.back("Add", 1).isConstant())
                && (value.back("Add", 0).isMadeBy("Mul") || value.back("Add", 1).isMadeBy("Mul"))
                && !isNorm(value);
    }

    private static boolean isNorm(Value value) {
        final Value product = value.back("Add", 0).isConstant() ? value.back("Add", 1) : value.back("Add", 0);
        return product.back("Mul", 0).isMadeBy("Div") || product.back("Mul", 1).isMadeBy("Div");
    }

    /** {@code bias + float(quantize(x) · w) * (scale of x * scale of w)}. */
    private static Linear linear(Value output) {
        final Value.Pair sum = output.operands("Add", "a constant bias", Value::isConstant);
        final Value.Pair product = sum.second().operands("Mul", "a Cast", value -> value.isMadeBy("Cast"));
        final Value integers = product.first().back("Cast", 0);
        final Value.Pair scales = product.second().operands("Mul", "a constant scale", Value::isConstant);
        final Constant values = integers.back("MatMulInteger", 1).constant("weights");
        final byte[] zeroPoints =
                integers.back("MatMulInteger", 3).constant("zero points").int8();
        final Value input = integers.back("MatMulInteger", 0).back("DynamicQuantizeLinear", 0);
        requireSame("scaled and quantized input", scales.second().back("DynamicQuantizeLinear", 0), input);

        final int k = values.dimension(0);
        final int n = values.dimension(1);
        final float[] weightScales = scales.first().constant("scales").floats();
        final QuantizedMatrix weights =
                new QuantizedMatrix(k, n, values.int8(), perChannel(weightScales, n), perChannel(zeroPoints, n));
        return new Linear(new Projection(weights, sum.first().constant("bias").floats()), input);
    }

    private static float[] perChannel(float[] values, int n) {
        if (values.length != 1) {
            return values;
        }
        final float[] spread = new float[n];
        Arrays.fill(spread, values[0]);
        return spread;
    }

    private static byte[] perChannel(byte[] values, int n) {
        if (values.length != 1) {
            return values;
        }
        final byte[] spread = new byte[n];
        Arrays.fill(spread, values[0]);
        return spread;
    }

    /** {@code (x - mean) / sqrt(mean((x - mean)²) + epsilon) * gamma + beta}. */
    private static Norm norm(Value output) {
        final Value.Pair sum = output.operands("Add", "a constant beta", Value::isConstant);
        final Value.Pair product = sum.second().operands("Mul", "a constant gamma", Value::isConstant);
        final Value centred = product.second().back("Div", 0);
        final Value variance = product.second().back("Div", 1).back("Sqrt", 0);
        final Value.Pair guarded = variance.operands("Add", "a constant epsilon", Value::isConstant);
        requireSame(
                "centred values of the variance",
                guarded.second().back("ReduceMean", 0).back("Pow", 0),
                centred);
        final Value input = centred.back("Sub", 0);
        requireSame("mean of the norm", centred.back("Sub", 1).back("ReduceMean", 0), input);
        final LayerNorm norm = new LayerNorm(
                product.first().constant("gamma").floats(),
                sum.first().constant("beta").floats(),
                guarded.first().constant("epsilon").scalar());
        return new Norm(norm, input);
    }

    /** Word + token type + position, each from its table; told apart by the graph's inputs that index them. */
    private static BertWeights embeddings(Value hidden, List<EncoderLayer> layers, Heads heads) {
        final Norm norm = norm(hidden);
        final Value.Pair outer = norm.input.operands("Add", "a sum", value -> value.isMadeBy("Add"));
        final Value left = outer.first().back("Add", 0);
        final Value right = outer.first().back("Add", 1);
        final boolean leftIsTypes = isTokenTypes(left);
        return new BertWeights(
                table(leftIsTypes ? right : left),
                table(outer.second()),
                table(leftIsTypes ? left : right),
                norm.norm,
                layers,
                heads.count,
                heads.width);
    }

    private static boolean isTokenTypes(Value entry) {
        return entry.back("DequantizeLinear", 0).back("Gather", 1).name().equals("token_type_ids");
    }

    private static EmbeddingTable table(Value entry) {
        final Constant values =
                entry.back("DequantizeLinear", 0).back("Gather", 0).constant("embeddings");
        final float scale = entry.back("DequantizeLinear", 1).constant("scale").scalar();
        final int zeroPoint =
                entry.back("DequantizeLinear", 2).constant("zero point").uint8()[0] & 0xff;
        // Held signed: a signed byte widens to float in fewer steps.
        final byte[] signed = values.uint8();
        for (int i = 0; i < signed.length; i++) {
            signed[i] = (byte) (signed[i] - HALF_OF_BYTE);
        }
        return new EmbeddingTable(values.dimension(0), values.dimension(1), signed, HALF_OF_BYTE - zeroPoint, scale);
    }

    private static void requireScalar(Value value, double expected) {
        final float found = value.constant("factor").scalar();
        if (Math.abs(found - expected) > 1e-6) {
            throw new OnnxFormatException(
                    "constant '" + value.name() + "': expected " + (float) expected + "; found " + found);
        }
    }

    private static void requireSame(String what, Value one, Value other) {
        if (!one.equals(other)) {
            throw new OnnxFormatException(what + " differ: " + one.producerLabel() + " and " + other.producerLabel());
        }
    }
}
