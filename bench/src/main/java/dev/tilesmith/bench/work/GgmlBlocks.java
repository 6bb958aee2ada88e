package dev.tilesmith.bench.work;

import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.HugePageArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Weights in ggml's blocks, byte by byte as a GGUF file has them.
 *
 * @param layout which of its blocks
 * @param n output channels
 * @param k values of one, a multiple of {@value BlockLayout#LENGTH}
 * @param bytes n rows of blocks, off the heap
 */
public record GgmlBlocks(BlockLayout layout, int n, int k, MemorySegment bytes) implements QuantizedWeights {
    private static final int LENGTH = BlockLayout.LENGTH;

    /**
     * Quantizes n x k floats. As ggml does, Q8_0 makes the largest magnitude of a block 127, Q4_0 the value of largest
     * magnitude -8, whatever its sign, and Q4_1 the least value 0 and the greatest 15.
     */
    static GgmlBlocks quantize(BlockLayout layout, MemorySegment weights, int n, int k) {
        final MemorySegment bytes = HugePageArena.in(Arena.ofAuto()).allocate(n * layout.rowBytes(k), 64);
        final float[] values = new float[LENGTH];
        final byte[] block = new byte[layout.bytes()];
        for (long b = 0; b * block.length < bytes.byteSize(); b++) {
            MemorySegment.copy(weights, ValueLayout.JAVA_FLOAT, b * LENGTH * Float.BYTES, values, 0, LENGTH);
            quantize(layout, values, block);
            MemorySegment.copy(block, 0, bytes, ValueLayout.JAVA_BYTE, b * block.length, block.length);
        }
        return new GgmlBlocks(layout, n, k, bytes);
    }

    private static void quantize(BlockLayout layout, float[] values, byte[] to) {
        switch (layout) {
            case Q8_0 -> {
                final float scale = half(to, 0, Math.abs(largest(values)) / 127);
                for (int i = 0; i < LENGTH; i++) {
                    to[layout.valuesAt() + i] = (byte) steps(values[i], scale, -127, 127);
                }
            }
            case Q4_0 -> {
                final float scale = half(to, 0, largest(values) / -8);
                setNibbles(layout, values, 0, scale, to);
            }
            case Q4_1 -> {
                final float min = half(to, Short.BYTES, least(values));
                final float scale = half(to, 0, (greatest(values) - min) / 15);
                setNibbles(layout, values, min, scale, to);
            }
        }
    }

    private static void setNibbles(BlockLayout layout, float[] values, float min, float scale, byte[] to) {
        final int zero = layout.zeroPoint();
        for (int i = 0; i < LENGTH / 2; i++) {
            final int low = steps(values[i] - min, scale, -zero, 15 - zero) + zero;
            final int high = steps(values[i + LENGTH / 2] - min, scale, -zero, 15 - zero) + zero;
            to[layout.valuesAt() + i] = (byte) (low | (high << 4));
        }
    }

    private static int steps(float value, float scale, int least, int most) {
        return scale == 0 ? 0 : Math.clamp(Math.round(value / scale), least, most);
    }

    /** Writes what F16 has nearest to a value, and gives it. */
    private static float half(byte[] to, int at, float value) {
        final short bits = Float.floatToFloat16(value);
        to[at] = (byte) bits;
        to[at + 1] = (byte) (bits >> Byte.SIZE);
        return Float.float16ToFloat(bits);
    }

    private static float largest(float[] values) {
        final float least = least(values);
        final float greatest = greatest(values);
        return -least > greatest ? least : greatest;
    }

    private static float least(float[] values) {
        float least = values[0];
        for (final float value : values) {
            least = value < least ? value : least;
        }
        return least;
    }

    private static float greatest(float[] values) {
        float greatest = values[0];
        for (final float value : values) {
            greatest = value > greatest ? value : greatest;
        }
        return greatest;
    }

    @Override
    public void dequantizeInto(MemorySegment weights) {
        final float[] values = new float[LENGTH];
        for (long b = 0; b * layout.bytes() < bytes.byteSize(); b++) {
            final long at = b * layout.bytes();
            final float scale = layout.scale(bytes, at);
            final float min = layout.min(bytes, at);
            for (int i = 0; i < LENGTH; i++) {
                values[i] = scale * layout.value(bytes, at, i) + min;
            }
            MemorySegment.copy(values, 0, weights, ValueLayout.JAVA_FLOAT, b * LENGTH * Float.BYTES, LENGTH);
        }
    }
}
