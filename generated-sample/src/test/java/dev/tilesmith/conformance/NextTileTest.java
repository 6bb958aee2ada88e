package dev.tilesmith.conformance;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tiles of all rows after tiles of all rows, which tile registers multiply while vectors finish those before, from 1,024 values along K
 * on: with parts of one size, a smaller last one and an empty one, values after the whole steps, fewer rows after them, and panels that end early.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NextTileTest {
    private static final int[] DEPTHS = {1023, 1024, 1025, 1088, 1200, 1344};
    private static final int[] ROWS = {63, 64, 65, 96, 101};
    private static final int[] COLUMNS = {16, 17, 32, 49, 70};

    private final Execution execution = new Execution();

    static Stream<Tested> families() {
        return Stream.of(Formats.INT8, Formats.STATIC_INT8)
                .flatMap(List::stream)
                .flatMap(Tested::families)
                .filter(tested -> tested.kernel().family().target() == Target.AMX);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("families")
    void everyPartGivesTheBitsOfTheReference(Tested tested) {
        final FormatUnderTest format = tested.format();
        final Corners corners = new Corners(format, ROWS[ROWS.length - 1], COLUMNS[COLUMNS.length - 1]);
        for (int at = 0; at < DEPTHS.length * ROWS.length; at++) {
            final Case wanted = corners.of(
                    ROWS[at % ROWS.length],
                    COLUMNS[(at / ROWS.length + at) % COLUMNS.length],
                    format.depth(DEPTHS[at / ROWS.length]),
                    format.samples().getFirst(),
                    Bounds.NONE);
            final PackedRhs packed = tested.kernel().packRhs(wanted.weights());
            execution.check(
                    tested.kernel(), wanted, packed, at % 2 == 0 ? Placement.BEFORE_A_GUARD : Placement.BEHIND_A_GUARD);
        }
    }
}
