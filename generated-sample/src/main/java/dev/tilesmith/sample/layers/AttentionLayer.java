package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.sample.network.Operation.Attention;
import dev.tilesmith.sample.rows.RowMath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Attention, whose products are of a declared kernel: of all heads at once, where they lie.
 *
 * @param kernel multiplies
 * @param attention heads and their width
 * @param math computes powers
 */
record AttentionLayer(BatchMatMulKernel kernel, Attention attention, RowMath math) implements Layer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Override
    public Size output(List<Size> inputs) {
        final Size input = inputs.getFirst();
        return new Size(input.height(), input.width(), attention.heads() * attention.width());
    }

    @Override
    public long scratchFloats(List<Size> inputs) {
        final long tokens = inputs.getFirst().pixels();
        return attention.heads() * tokens * tokens;
    }

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final MemorySegment rows = inputs.getFirst().data();
        final int tokens = output.size().pixels();
        final MatrixBatch scores =
                MatrixBatch.of(Matrix.of(scratch, tokens, tokens)).repeated(attention.heads(), (long) tokens * tokens);
        final MatrixBatch keys = heads(rows, 1, tokens, 3).transposed();
        kernel.run(heads(rows, 0, tokens, 3), keys, scores);
        final float[] row = new float[tokens];
        for (int i = 0; i < attention.heads() * tokens; i++) {
            final long at = (long) i * tokens * Float.BYTES;
            MemorySegment.copy(scratch, FLOAT, at, row, 0, tokens);
            SoftmaxLayer.normalize(math, row, attention.scale());
            MemorySegment.copy(row, 0, scratch, FLOAT, at, tokens);
        }
        kernel.run(scores, heads(rows, 2, tokens, 3), heads(output.data(), 0, tokens, 1));
    }

    /** The heads of part {@code part} of rows that have so many parts. */
    private MatrixBatch heads(MemorySegment rows, int part, int tokens, int parts) {
        final int hidden = attention.heads() * attention.width();
        return MatrixBatch.of(Matrix.of(rows, (long) part * hidden, tokens, attention.width(), (long) parts * hidden))
                .repeated(attention.heads(), attention.width());
    }
}
