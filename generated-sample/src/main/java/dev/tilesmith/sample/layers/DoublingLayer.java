package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedFilters;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.sample.network.Operation.Doubling;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A transposed convolution of 2 x 2 with stride 2. Blocks of outputs do not overlap, so it is a convolution of one pixel with four
 * times the channels, whose results are then put in their places.
 *
 * @param kernel convolves
 * @param filters those of all places of a block, packed
 * @param inputChannels channels that are read
 * @param outputChannels channels that are written
 */
record DoublingLayer(Conv2dKernel kernel, PackedFilters filters, int inputChannels, int outputChannels)
        implements Layer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    static DoublingLayer of(Doubling doubling, Conv2dKernel kernel) {
        final int columns = Doubling.PLACES * doubling.outputChannels();
        final float[] bias = new float[columns];
        for (int i = 0; i < columns; i++) {
            bias[i] = doubling.bias()[i % doubling.outputChannels()];
        }
        final Conv2dShape shape = Conv2dShape.of(doubling.inputChannels(), columns, 1, 1);
        final Weights weights = Weights.nByK(Matrix.of(doubling.filters(), columns, doubling.inputChannels()))
                .withBias(bias);
        return new DoublingLayer(
                kernel, kernel.packFilters(shape, weights), doubling.inputChannels(), doubling.outputChannels());
    }

    @Override
    public Size output(List<Size> inputs) {
        final Size input = inputs.getFirst();
        return new Size(2 * input.height(), 2 * input.width(), outputChannels);
    }

    /** The blocks of a row of pixels: they are put in their places while the cache has them. */
    @Override
    public long scratchFloats(List<Size> inputs) {
        return 2L * output(inputs).width() * outputChannels;
    }

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final Size size = inputs.getFirst().size();
        final Matrix pixels = inputs.getFirst().pixels();
        final Matrix blocks = Matrix.of(scratch, size.width(), Doubling.PLACES * outputChannels);
        final float[] line = new float[2 * output.size().width() * outputChannels];
        for (int row = 0; row < size.height(); row++) {
            final Matrix ofRow = pixels.slice(row * size.width(), size.width(), 0, inputChannels);
            kernel.run(new Images(1, 1, size.width(), ofRow), filters, new Images(1, 1, size.width(), blocks));
            MemorySegment.copy(scratch, FLOAT, 0, line, 0, line.length);
            final long to = (long) row * line.length * Float.BYTES;
            MemorySegment.copy(split(line, 2 * outputChannels), 0, output.data(), FLOAT, to, line.length);
        }
    }

    /** The upper rows of all blocks, {@code half} of each, then the lower ones. */
    private static float[] split(float[] blocks, int half) {
        final float[] rows = new float[blocks.length];
        final int lower = blocks.length / 2;
        for (int block = 0; block < lower / half; block++) {
            System.arraycopy(blocks, 2 * block * half, rows, block * half, half);
            System.arraycopy(blocks, (2 * block + 1) * half, rows, lower + block * half, half);
        }
        return rows;
    }
}
