package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that asks for finite rows writes nothing where they are not, with every format, and others run as ever. */
final class FiniteRowsTest {
    private static final int M = 5;
    private static final int N = 40;
    private static final int FAULTY = 3;

    record Asked(FormatUnderTest format, MatMulKernel kernel) {
        @Override
        public String toString() {
            return kernel.family().toString();
        }
    }

    static Stream<Asked> kernels() {
        return Formats.all()
                .flatMap(format ->
                        format.tables().stream().flatMap(Families::of).map(kernel -> new Asked(format, kernel)));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void refusesBeforeAnythingIsWritten(Asked asked) {
        final Depth depth = asked.format.depth(20);
        final PackedRhs packed = asked.kernel.packRhs(asked.format.weights(N, depth, Samples.ORDINARY));
        final Matrix lhs = asked.format.lhs(M, depth, Samples.ORDINARY);
        final Matrix dst = asked.format.dstElement().onHeap(M, N, N);
        final RunOptions options = RunOptions.DEFAULT.requireFiniteRows().on(Runnable::run, 2);
        asked.kernel.run(lhs, packed, dst, options);
        switch (lhs) {
            case Matrix.Floats floats -> floats.data()[FAULTY * depth.k() + 7] = Float.NaN;
            case Matrix.Shorts halves -> halves.data()[FAULTY * depth.k() + 7] = (short) 0xffff; // of both kinds
            case Matrix.Bytes _, Matrix.Ints _, Matrix.Segment _ -> {
                return; // of int8 all are finite
            }
        }
        final Matrix untouched = asked.format.dstElement().onHeap(M, N, N);
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> asked.kernel.run(lhs, packed, untouched, options));
        assertEquals(
                "lhs: row 3 has NaN at column 7; expected finite values, as RunOptions.requireFiniteRows asks",
                refusal.getMessage());
        assertEquals(
                -1,
                storage(untouched).mismatch(storage(asked.format.dstElement().onHeap(M, N, N))));
        asked.kernel.run(lhs, packed, untouched, options.rows(0, FAULTY));
        asked.kernel.run(lhs, packed, untouched, options.rows(FAULTY, 0));
        asked.kernel.run(lhs, packed, untouched);
    }

    private static MemorySegment storage(Matrix matrix) {
        return switch (matrix) {
            case Matrix.Floats floats -> MemorySegment.ofArray(floats.data());
            case Matrix.Bytes bytes -> MemorySegment.ofArray(bytes.data());
            case Matrix.Shorts shorts -> MemorySegment.ofArray(shorts.data());
            case Matrix.Ints ints -> MemorySegment.ofArray(ints.data());
            case Matrix.Segment segment -> segment.data();
        };
    }
}
