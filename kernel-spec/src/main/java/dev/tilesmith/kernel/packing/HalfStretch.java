package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.HalfElements;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A stretch of a row of weights as floats of 16 bits: as it lies, or, of f32 weights, rounded. One thread's. */
final class HalfStretch {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final Matrix values;
    private final Halves halves;
    private final float[] floats;
    private final short[] bits;

    /** Room for {@code length} of {@code values}, which f32s are rounded to {@code halves} for. */
    HalfStretch(Matrix values, Halves halves, int length) {
        this.values = values;
        this.halves = halves;
        this.floats = new float[length];
        this.bits = new short[length];
    }

    /** The bits of {@code count} values from {@code column} on: at the start of an array that the next call fills anew. */
    short[] fetch(int row, int column, int count) {
        final long from = values.offset() + row * values.rowStride() + column;
        switch (values) {
            case Matrix.Shorts given -> HalfElements.read("weights", given, from, bits, count);
            case Matrix.Floats given -> round(given.data(), (int) from, count);
            case Matrix.Segment given -> fetch(given, from, count);
            case Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notFloats("weights", values);
        }
        return bits;
    }

    private void fetch(Matrix.Segment given, long from, int count) {
        if (given.elementBytes() == Short.BYTES) {
            HalfElements.read("weights", given, from, bits, count);
        } else {
            MemorySegment.copy(given.data(), FLOAT, from * Float.BYTES, floats, 0, count);
            round(floats, 0, count);
        }
    }

    private void round(float[] from, int start, int count) {
        for (int i = 0; i < count; i++) {
            bits[i] = halves.round(from[start + i]);
        }
    }
}
