package dev.tilesmith.conformance;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.runtime.PackedRhs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every number of rows up to one more than the tallest tile, where some tiles take as many as there are: with sums that end where
 * tile registers do, 64 values along K, one before and one after; and with fewer than they take. Where they take blocks from two
 * tiles on, of which the second may have fewer rows, up to one more than these two; with blocks that end with a pass, and further ones.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RowsOfATileTest {
    private static final int[] DEPTHS = {31, 63, 64, 65, 131};
    private static final int[] DEPTHS_IN_BLOCKS = {96, 128, 160, 224, 288, 320};

    private final Execution execution = new Execution();

    static Stream<Tested> families() {
        return Stream.of(
                        Formats.INT8,
                        Formats.STATIC_INT8,
                        Formats.INT4,
                        Formats.STATIC_INT4,
                        Formats.TWO_BITS,
                        Formats.PAIRED)
                .flatMap(List::stream)
                .flatMap(Tested::families);
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyNumberOfRowsGivesTheBitsOfTheReference(Tested tested) {
        final FormatUnderTest format = tested.format();
        final boolean blocks = PanelFamily.of(tested.kernel().family()).layout().hasBlocks();
        final int[] depths = blocks ? DEPTHS_IN_BLOCKS : DEPTHS;
        final int most = (blocks ? 2 : 1) * tested.mr() + 1;
        final int widest = 2 * tested.nr();
        final Corners corners = new Corners(format, most, widest);
        for (int rows = 1; rows <= most; rows++) {
            final Case wanted = corners.of(
                    rows,
                    1 + rows * 11 % widest,
                    format.depth(depths[rows % depths.length]),
                    format.samples().getFirst(),
                    Bounds.NONE);
            final PackedRhs packed = tested.kernel().packRhs(wanted.weights());
            execution.check(
                    tested.kernel(),
                    wanted,
                    packed,
                    rows % 2 == 0 ? Placement.BEFORE_A_GUARD : Placement.BEHIND_A_GUARD);
        }
    }
}
