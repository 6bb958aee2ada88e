package dev.tilesmith.sample.encoder;

import dev.tilesmith.sample.model.EncoderLayer;
import dev.tilesmith.sample.model.LayerNorm;
import dev.tilesmith.sample.model.Projection;
import dev.tilesmith.sample.model.QuantizedMatrix;

/** One encoder layer as the formulas say it: rows quantized one by one, integer sums, and double precision between. */
final class DoubleLayer {
    private final EncoderLayer layer;
    private final int heads;
    private final int headWidth;

    DoubleLayer(EncoderLayer layer, int heads, int headWidth) {
        this.layer = layer;
        this.heads = heads;
        this.headWidth = headWidth;
    }

    /** The layer's output for rows. */
    double[][] run(double[][] x) {
        final double[][] context = attend(linear(x, layer.query()), linear(x, layer.key()), linear(x, layer.value()));
        final double[][] attended = norm(linear(context, layer.attentionOutput()), x, layer.attentionNorm());
        final double[][] inner = linear(attended, layer.feedForwardIn());
        for (final double[] row : inner) {
            for (int i = 0; i < row.length; i++) {
                row[i] = gelu(row[i]);
            }
        }
        return norm(linear(inner, layer.feedForwardOut()), attended, layer.outputNorm());
    }

    private static double[][] linear(double[][] x, Projection projection) {
        final QuantizedMatrix weights = projection.weights();
        final double[][] y = new double[x.length][weights.n()];
        for (int r = 0; r < x.length; r++) {
            double min = 0;
            double max = 0;
            for (final double value : x[r]) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
            final double step = (max - min) / 255;
            final long zeroPoint = Math.round(-128 - min / step);
            final int[] sums = new int[weights.n()];
            for (int k = 0; k < weights.k(); k++) {
                final long quantized = Math.clamp(Math.round(x[r][k] / step) + zeroPoint, -128, 127);
                final int difference = (int) (quantized - zeroPoint);
                for (int n = 0; n < sums.length; n++) {
                    sums[n] += difference * weights.values()[k * sums.length + n];
                }
            }
            for (int n = 0; n < sums.length; n++) {
                y[r][n] = sums[n] * step * weights.scales()[n] + projection.bias()[n];
            }
        }
        return y;
    }

    private double[][] attend(double[][] query, double[][] key, double[][] value) {
        final double[][] context = new double[query.length][heads * headWidth];
        for (int head = 0; head < heads; head++) {
            for (int token = 0; token < query.length; token++) {
                attendToken(query[token], key, value, head * headWidth, context[token]);
            }
        }
        return context;
    }

    private void attendToken(double[] query, double[][] key, double[][] value, int first, double[] to) {
        final double[] weights = new double[key.length];
        double sum = 0;
        for (int other = 0; other < key.length; other++) {
            double score = 0;
            for (int d = first; d < first + headWidth; d++) {
                score += query[d] * key[other][d];
            }
            weights[other] = Math.exp(score / Math.sqrt(headWidth));
            sum += weights[other];
        }
        for (int other = 0; other < key.length; other++) {
            for (int d = first; d < first + headWidth; d++) {
                to[d] += weights[other] / sum * value[other][d];
            }
        }
    }

    private static double[][] norm(double[][] x, double[][] residual, LayerNorm norm) {
        final double[][] y = new double[x.length][norm.width()];
        for (int r = 0; r < x.length; r++) {
            double sum = 0;
            for (int i = 0; i < norm.width(); i++) {
                y[r][i] = x[r][i] + residual[r][i];
                sum += y[r][i];
            }
            final double mean = sum / norm.width();
            double squares = 0;
            for (final double value : y[r]) {
                squares += (value - mean) * (value - mean);
            }
            final double deviation = Math.sqrt(squares / norm.width() + norm.epsilon());
            for (int i = 0; i < norm.width(); i++) {
                y[r][i] = (y[r][i] - mean) / deviation * norm.gamma()[i] + norm.beta()[i];
            }
        }
        return y;
    }

    /** By Taylor's series of erf about 0, whose terms stay small enough up to 6, beyond which erf is 1 in f32. */
    private static double gelu(double x) {
        final double z = x / Math.sqrt(2);
        if (Math.abs(z) > 5) {
            return Math.max(x, 0);
        }
        double term = z;
        double sum = z;
        for (int n = 1; n < 120; n++) {
            term *= -z * z / n;
            sum += term / (2 * n + 1);
        }
        return x / 2 * (1 + 2 / Math.sqrt(Math.PI) * sum);
    }
}
