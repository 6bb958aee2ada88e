package dev.tilesmith.sweep.operand;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.SweptShape;
import java.util.List;

/** Weights of every format that kernels have, given as a model's file has them: quantized already. */
final class RandomWeights {
    /** Values along K that share a scale, of ggml's formats and of most models. */
    static final int BLOCK = 32;

    private static final int NIBBLES_OF_A_BYTE = 2;
    private static final int CODES_OF_A_BYTE = 4;
    private static final int NIBBLES_ZERO = 8;
    private static final List<Integer> TABLE = List.of(-2, -1, 0, 1);

    /** Scales from here to twice that. */
    private static final float SCALE = 1f / 64;

    private static final int LHS_ZERO = 3;
    private static final int DST_ZERO = -5;

    /** About the standard deviation of bytes of any bits, and 16 times that of four bits. */
    private static final float SPREAD = 74f;

    private static final float NIBBLES_SPREAD = 16;

    /** What results of int8 are to spread. */
    private static final float DST_SPREAD = 40f;

    private final RandomValues random;
    private final Formats formats;
    private final SweptShape shape;

    private RandomWeights(RandomValues random, Formats formats, SweptShape shape) {
        this.random = random;
        this.formats = formats;
        this.shape = shape;
    }

    /**
     * Weights for a product.
     *
     * @throws IllegalArgumentException if no kernel has such weights, or blocks do not divide K
     */
    static Weights of(RandomValues random, Formats formats, SweptShape shape) {
        return new RandomWeights(random, formats, shape).make();
    }

    private Weights make() {
        final int n = shape.n();
        final int k = shape.k();
        return switch (formats.rhs()) {
            case F32, F16, BF16 -> Weights.nByK(Matrix.of(random.floats((long) n * k), n, k));
            case QSI8CX -> ofChannels(Weights.nByK(Matrix.ofBytes(random.bytes((long) n * k), n, k)));
            case QSI4CX -> ofChannels(nibbles(NIBBLES_ZERO));
            case QSU2CX -> ofChannels(codes());
            case QSI4C32 -> nibbles(NIBBLES_ZERO).withBlockScales(BLOCK, blockScales());
            case QAI4C32 -> nibbles(0).withBlockScales(BLOCK, blockScales()).withBlockMins(blockScales());
            case QSI8D32 ->
                Weights.nByK(Matrix.ofBytes(random.bytes((long) n * k), n, k)).withBlockScales(BLOCK, blockScales());
            case I32, QAI8, QAI8DX ->
                throw new IllegalArgumentException("rhs: " + formats.rhs() + "; no kernel has weights of it");
        };
    }

    private Weights nibbles(int zeroPoint) {
        final int n = shape.n();
        final int width = Math.ceilDiv(shape.k(), NIBBLES_OF_A_BYTE);
        final Matrix bytes = Matrix.ofBytes(random.bytes((long) n * width), n, width);
        return Weights.nByK(bytes, new Weights.Nibbles(shape.k(), zeroPoint));
    }

    private Weights codes() {
        final int n = shape.n();
        final int width = Math.ceilDiv(shape.k(), CODES_OF_A_BYTE);
        final Matrix bytes = Matrix.ofBytes(random.bytes((long) n * width), n, width);
        return Weights.nByK(bytes, new Weights.Codes(shape.k(), TABLE));
    }

    private float[] blockScales() {
        if (shape.k() % BLOCK != 0) {
            throw new IllegalArgumentException("shape: " + shape + "; expected k to be a multiple of " + BLOCK
                    + ", the values of a block of " + formats.rhs());
        }
        return random.scales(Math.multiplyExact(shape.n(), shape.k() / BLOCK), SCALE);
    }

    private Weights ofChannels(Weights values) {
        final Weights scaled =
                switch (formats.dst()) {
                    case I32 -> values;
                    case F32, F16, BF16, QAI8, QAI8DX, QSI8D32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX ->
                        values.withScales(random.scales(shape.n(), SCALE));
                };
        return formats.lhs() == Format.QAI8 ? scaled.requantized(requantization()) : scaled;
    }

    /** Such that results fill int8: a sum of k products spreads by the root of k. */
    private Requantization requantization() {
        if (formats.dst() == Format.I32) {
            return Requantization.ofSums(LHS_ZERO);
        }
        final float ofSums = (float) Math.sqrt(shape.k()) * SPREAD * spreadOfWeights() * SCALE * 1.5f;
        return new Requantization(1f, LHS_ZERO, ofSums / DST_SPREAD, DST_ZERO);
    }

    private float spreadOfWeights() {
        return formats.rhs() == Format.QSI4CX ? SPREAD / NIBBLES_SPREAD : SPREAD;
    }
}
