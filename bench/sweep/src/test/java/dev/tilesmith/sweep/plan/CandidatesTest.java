package dev.tilesmith.sweep.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.SweptTables;
import dev.tilesmith.sweep.TiledSweptKernels;
import dev.tilesmith.sweep.operand.Formats;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CandidatesTest {
    private static Family family(List<Integer> mrs) {
        return new PanelFamily(Format.F32, Format.F32, new PanelLayout(Format.F32, 16, 1, true), Target.AVX2, mrs);
    }

    private static List<Integer> caps(List<Integer> mrs, int rows) {
        final Family family = family(mrs);
        return Caps.differing(family, family.variants(), rows).stream()
                .map(Variant::mr)
                .toList();
    }

    @Test
    void tilesThatAreCutAlikeAreOneCandidate() {
        final List<Integer> upToSix = List.of(1, 2, 3, 4, 5, 6);
        assertEquals(List.of(6), caps(upToSix, 1));
        assertEquals(List.of(6), caps(upToSix, 6).subList(0, 1));
        assertEquals(List.of(6, 3), caps(upToSix, 8));
        assertEquals(List.of(6, 5, 4, 3), caps(upToSix, 1000));
        assertEquals(List.of(12, 6), caps(List.of(1, 6, 12), 100));
        assertEquals(List.of(12), caps(List.of(1, 6, 12), 5));
    }

    /** However many rows: the tallest comes first, no two cut rows alike, and none is half as tall as it might be. */
    @Test
    void candidatesDiffer() {
        final List<Integer> heights = IntStream.rangeClosed(1, 14).boxed().toList();
        for (int rows = 1; rows < 300; rows++) {
            final List<Integer> caps = caps(heights, rows);
            final Set<Integer> tiles = new HashSet<>();
            assertEquals(14, caps.getFirst());
            for (final int cap : caps) {
                assertTrue(tiles.add(Math.ceilDiv(rows, cap)), rows + " rows: " + caps);
                assertTrue(2 * cap >= Math.min(14, rows), rows + " rows: " + caps);
            }
        }
    }

    @Test
    void everyFamilyThatRunsHereHasOne() {
        SweptTables.all().forEach(table -> {
            final Set<Target> targets = new HashSet<>();
            table.usable().forEach(kernel -> targets.add(kernel.family().target()));
            final Set<Target> found = new HashSet<>();
            Candidates.of(table)
                    .forRows(1)
                    .forEach(candidate -> found.add(candidate.variant().target()));
            assertEquals(targets, found);
        });
    }

    /** Where tiles of one's own leave gaps, the lattice has the same width without: 6 rows are 3 and 3 there, and 4, 1 and 1 else. */
    @Test
    void aTileThatTwoFamiliesHaveHidesNoneOfTheOthers() {
        final DispatchTable<? extends MatMulKernel> table = TiledSweptKernels.table();
        final List<Variant> variants = table.variants();
        assertEquals(variants.stream().distinct().toList(), variants);
        final List<Candidate> candidates = Candidates.of(table).forRows(6);
        assertEquals(candidates.stream().distinct().toList(), candidates);
        assertEquals(
                List.of(List.of(1, 4), List.of(1, 2, 3), List.of(1, 2)),
                candidates.stream()
                        .map(Candidate::variant)
                        .filter(variant -> variant.nr() == 4)
                        .map(variant -> table.kernel(variant.name()).family().mrs())
                        .toList());
    }

    @Test
    void knobsAreTriedWithinTheirRanges() {
        for (final Knob knob : Knob.values()) {
            for (final long value :
                    new long[] {knob.least(), Tuning.of(Target.AVX2).get(knob), knob.most()}) {
                final List<Long> tried = KnobGrid.around(knob, value);
                assertFalse(tried.contains(value), knob + " " + tried);
                assertEquals(tried.stream().sorted().distinct().toList(), tried, knob.toString());
                for (final long one : tried) {
                    final Candidate candidate =
                            new Candidate(family(List.of(1)).variants().getFirst());
                    assertEquals(one, candidate.with(knob, one).tuning().get(knob));
                }
            }
        }
        assertEquals(List.of(512L, 1024L, 4096L, 8192L), KnobGrid.around(Knob.FETCH_NEAR, 2048));
    }

    /** On any machine: a shape of each class, with weights that caches hold with room to spare, or do not hold. */
    @Test
    void defaultShapesAreOfEveryClass() {
        SweptTables.all().map(table -> Formats.of(table.best().family())).forEach(formats -> {
            for (final int l3 : new int[] {0, 4 << 20, 32 << 20, 1 << 30}) {
                final CacheSizes caches = new CacheSizes(32 << 10, 1 << 20, l3, 64);
                final List<SweptShape> shapes = DefaultShapes.of(formats, caches);
                assertEquals(
                        List.of(1, 8, 128, 1, 8, 64),
                        shapes.stream().map(SweptShape::m).toList());
                for (final SweptShape shape : shapes) {
                    final double bytes = DefaultShapes.weightBytes(formats) * shape.n() * shape.k();
                    final int last = Math.max(1 << 20, l3);
                    switch (shape.warmth()) {
                        case WARM -> assertTrue(2 * bytes <= last, shape + " for " + last);
                        case COLD -> assertTrue(bytes > last || shape.n() == 1 << 16, shape + " for " + last);
                    }
                    assertEquals(0, shape.k() % 32);
                }
            }
        });
    }
}
