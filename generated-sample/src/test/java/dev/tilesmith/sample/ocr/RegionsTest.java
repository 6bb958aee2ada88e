package dev.tilesmith.sample.ocr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegionsTest {
    @Test
    void pixelsThatTouchAtACornerAreOne() {
        final List<Regions.Region> regions = regions("""
                #..#
                .#..
                ...#
                """);
        assertEquals(List.of(2, 1, 1), regions.stream().map(RegionsTest::rows).toList());
    }

    @Test
    void theOutlineHasBothEndsOfEachRow() {
        final List<Regions.Region> regions = regions("""
                .##.
                ###.
                """);
        assertEquals(
                List.of(new Point(1, 0), new Point(2, 0), new Point(0, 1), new Point(2, 1)),
                regions.getFirst().outline());
        assertEquals(1, regions.getFirst().mean());
    }

    @Test
    void anEmptyMapHasNone() {
        assertEquals(List.of(), regions("....\n"));
    }

    private static int rows(Regions.Region region) {
        return region.outline().size() / 2;
    }

    private static List<Regions.Region> regions(String drawing) {
        final List<String> rows = drawing.lines().toList();
        final int columns = rows.getFirst().length();
        final float[] values = new float[rows.size() * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i / columns).charAt(i % columns) == '#' ? 1 : 0;
        }
        return Regions.of(new Model.Output(rows.size(), columns, values), 0.5f);
    }
}
