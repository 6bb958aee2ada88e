package dev.tilesmith.kernel.drive;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * Copies pixels of images as machine code reads them: of each the channels of some results, a value for each of these.
 *
 * @param src images of f32 or int8
 * @param multiplier results of each channel
 * @param memory where the copies go
 */
record ChannelCopies(Images src, int multiplier, MemorySegment memory) {
    /**
     * Copies pixels side by side, at once where they lie together with no others' channels between them.
     *
     * @param first the first, counted over all images
     * @param firstChannel the first result's
     * @param channels how many results
     * @param at byte at which they go
     */
    void copy(long first, int pixels, int firstChannel, int channels, long at) {
        final Matrix from = src.pixels();
        final long start = from.offset() + first * from.rowStride();
        if (multiplier == 1 && from.rowStride() == channels) {
            ElementCopy.copy(from, start, pixels * channels, memory, at);
            return;
        }
        final long pixelBytes = (long) channels * ElementKind.bytes(from);
        for (int x = 0; x < pixels; x++) {
            final long pixel = start + x * from.rowStride();
            if (multiplier == 1) {
                ElementCopy.copy(from, pixel + firstChannel, channels, memory, at + x * pixelBytes);
            } else {
                repeat(pixel, firstChannel, channels, at + x * pixelBytes);
            }
        }
    }

    /** Copies the channels of a pixel, each as often as it has results. */
    private void repeat(long pixel, int firstChannel, int channels, long at) {
        switch (src.pixels()) {
            case Matrix.Bytes given -> {
                for (int i = 0; i < channels; i++) {
                    memory.set(JAVA_BYTE, at + i, given.data()[(int) pixel + (firstChannel + i) / multiplier]);
                }
            }
            case Matrix.Floats given -> {
                for (int i = 0; i < channels; i++) {
                    final float value = given.data()[(int) pixel + (firstChannel + i) / multiplier];
                    memory.set(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, value);
                }
            }
            case Matrix.Segment given
            when given.elementBytes() == Byte.BYTES -> {
                for (int i = 0; i < channels; i++) {
                    final byte value = given.data().get(JAVA_BYTE, pixel + (firstChannel + i) / multiplier);
                    memory.set(JAVA_BYTE, at + i, value);
                }
            }
            case Matrix.Segment given -> {
                for (int i = 0; i < channels; i++) {
                    final long from = pixel + (firstChannel + i) / multiplier;
                    final float value = given.data().get(JAVA_FLOAT_UNALIGNED, from * Float.BYTES);
                    memory.set(JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, value);
                }
            }
            case Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notFloats("src", src.pixels());
        }
    }
}
