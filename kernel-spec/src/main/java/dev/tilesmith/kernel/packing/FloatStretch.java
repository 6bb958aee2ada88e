package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Weights.Orientation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A stretch along K of some channels of f32 weights, which lie either way round: copied to one array, channel after channel. */
final class FloatStretch {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** Floats of a cache line: by so many more than a power of two, channels do not meet in one set of the cache. */
    private static final int LINE = 16;

    private final Matrix values;
    private final boolean rows;
    private final int distance;
    private final float[] floats;
    private final float[] row;
    private int channel;
    private int start;

    /** Room for {@code length} values of {@code channels} channels. */
    FloatStretch(PlainWeights weights, int channels, int length) {
        this.values = weights.values();
        this.rows = weights.orientation() == Orientation.N_BY_K;
        this.distance = length + LINE;
        this.floats = new float[channels * distance];
        this.row = new float[channels];
    }

    /** The values. */
    float[] floats() {
        return floats;
    }

    /** Where those of a channel begin, of those that were copied last. */
    int place(int j) {
        return j * distance;
    }

    /** Copies {@code count} values along K, from {@code k} on, of {@code channels} channels from {@code first}. */
    void fetch(int first, int channels, int k, int count) {
        channel = first;
        start = k;
        if (rows) {
            for (int j = 0; j < channels; j++) {
                copy(values.offset() + (first + j) * values.rowStride() + k, count, floats, place(j));
            }
        } else {
            for (int p = 0; p < count; p++) {
                copy(values.offset() + (k + p) * values.rowStride() + first, channels, row, 0);
                for (int j = 0; j < channels; j++) {
                    floats[place(j) + p] = row[j];
                }
            }
        }
    }

    private void copy(long from, int count, float[] to, int at) {
        switch (values) {
            case Matrix.Floats given -> System.arraycopy(given.data(), (int) from, to, at, count);
            case Matrix.Segment given -> MemorySegment.copy(given.data(), FLOAT, from * Float.BYTES, to, at, count);
            case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notFloats("weights", values);
        }
    }

    /**
     * Fails unless some values of a channel are finite.
     *
     * @param largest their largest magnitude: an infinity or NaN if one of them is not finite
     * @param at the first of them in the stretch
     */
    void checkFinite(float largest, int j, int at, int count) {
        SymmetricQuantizer.checkFinite(largest, floats, place(j) + at, count, channel + j, start + at);
    }
}
