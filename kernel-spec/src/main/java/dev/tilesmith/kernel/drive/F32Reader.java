package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Copies values of a left operand into Java arrays of f32: as they are, or widened if they are of 16 bits. One thread's. */
final class F32Reader implements FloatReader {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final Optional<Widening> widening;

    F32Reader(LhsFormat format) {
        this.widening = format.halves().map(Widening::of);
    }

    @Override
    public void read(Matrix from, long first, int count, float[] to, int at) {
        if (widening.isPresent()) {
            widening.get().widen(from, first, count, MemorySegment.ofArray(to), at * (long) Float.BYTES);
            return;
        }
        switch (from) {
            case Matrix.Floats floats -> System.arraycopy(floats.data(), (int) first, to, at, count);
            case Matrix.Segment segment ->
                MemorySegment.copy(segment.data(), FLOAT, first * Float.BYTES, to, at, count);
            case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notFloats("lhs", from);
        }
    }
}
