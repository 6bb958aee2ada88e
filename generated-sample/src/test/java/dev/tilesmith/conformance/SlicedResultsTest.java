package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A result in an array that is computed aside, many columns at a time, has the bits of one that is computed in small parts. */
final class SlicedResultsTest {
    private static final int M = 60;

    /** Bytes of a result such that there are several slices of it. */
    private static final int BYTES = 5 << 20;

    static Stream<Tested> families() {
        return Stream.of(Formats.F32, Formats.INT8, Formats.STATIC_INT8)
                .flatMap(Collection::stream)
                .flatMap(Tested::families)
                .filter(tested -> !Families.isJava(tested.variant().target()));
    }

    @ParameterizedTest
    @MethodSource("families")
    void slicesHaveTheBitsOfParts(Tested tested) {
        final int n = BYTES / M / tested.format().dstElement().bytes() + 1;
        assertSlicesAreParts(tested, n, tested.format().depth(3));
    }

    /** Sums that wait in what is computed aside, for rows are copied a block of K at a time. */
    @ParameterizedTest
    @MethodSource("ofFloats")
    void slicesOfLongSumsHaveTheBitsOfParts(Tested tested) {
        assertSlicesAreParts(tested, (3 << 20) / M / Float.BYTES + 1, Depth.of(1500));
    }

    static Stream<Tested> ofFloats() {
        return families().filter(tested -> Formats.F32.contains(tested.format()));
    }

    private static void assertSlicesAreParts(Tested tested, int n, Depth depth) {
        final FormatUnderTest format = tested.format();
        final Matrix lhs = format.lhs(M, depth, Samples.ORDINARY);
        final PackedRhs packed = tested.kernel().packRhs(format.weights(n, depth, Samples.ORDINARY));
        final Matrix whole = format.dstElement().onHeap(M, n, n);
        final Matrix parts = format.dstElement().onHeap(M, n, n);
        tested.kernel().run(lhs, packed, whole, RunOptions.DEFAULT);
        for (int column = 0; column < n; column += 1000) {
            final RunOptions part = RunOptions.DEFAULT.columns(column, Math.min(1000, n - column));
            tested.kernel().run(lhs, packed, parts, part);
        }
        assertArrayEquals(format.dstElement().bits(parts), format.dstElement().bits(whole), tested.toString());
    }
}
