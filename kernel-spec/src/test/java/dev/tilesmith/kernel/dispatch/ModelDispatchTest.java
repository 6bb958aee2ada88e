package dev.tilesmith.kernel.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.setting.Settings;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Schedule.Prefetch;
import dev.tilesmith.spec.Target;
import dev.tilesmith.tune.Found;
import dev.tilesmith.tune.Machine;
import dev.tilesmith.tune.Pick;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.TuningProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing was measured, the cost model chooses among the families of a target; and nowhere else. */
final class ModelDispatchTest {
    /** Of one column: additions wait for each other, and a pass counts for little. */
    private static final PanelFamily NARROW = family(1, Schedule.DEFAULT);

    private static final PanelFamily WIDE = family(16, Schedule.DEFAULT);

    private static PanelFamily family(int nr, Schedule schedule) {
        return new PanelFamily(
                Format.F32,
                Format.F32,
                new PanelLayout(Format.F32, nr, 1, true),
                Target.SCALAR,
                schedule,
                List.of(1, 2, 3, 4, 5, 6));
    }

    private static Selection selection(Found found, PanelFamily... families) {
        return Selection.of(
                new Roster(
                        Arrays.stream(families)
                                .map(family -> new FamilyEntry(family, (_, _, _) -> {
                                    throw new AssertionError("nothing computes");
                                }))
                                .toList(),
                        Host.current(),
                        Settings.current()),
                found);
    }

    private static Candidate best(Selection selection, ShapeClass shape) {
        return selection.best(shape).orElseThrow();
    }

    @Test
    void whatIsExpectedToBeFasterGoesBeforeTheTablesOrder() {
        final Selection selection = selection(Found.nothing(), NARROW, WIDE);
        for (final ShapeClass shape : ShapeClass.all()) {
            final Candidate best = best(selection, shape);
            assertEquals(WIDE, best.family(), shape::name);
            assertEquals("the cost model", best.origin().who());
            assertTrue(
                    best.origin()
                            .margin()
                            .orElseThrow()
                            .matches(
                                    "[1-9]\\d*\\.\\d % more than f32_f32_f32p1x1_6x1_scalar expected at \\d+ x \\d+ x \\d+"),
                    () -> best.origin().margin().toString());
        }
    }

    /** Whatever the order, and however often. */
    @Test
    void theChoiceIsTheSameEachTime() {
        for (final ShapeClass shape : ShapeClass.all()) {
            final List<Candidate> once =
                    selection(Found.nothing(), NARROW, WIDE).candidates(shape);
            assertEquals(once.size(), once.stream().distinct().count());
            for (int i = 0; i < 20; i++) {
                final Selection again = selection(Found.nothing(), WIDE, NARROW);
                assertEquals(once.getFirst().family(), best(again, shape).family());
                assertEquals(
                        families(once),
                        families(selection(Found.nothing(), NARROW, WIDE).candidates(shape)));
            }
        }
    }

    private static List<PanelFamily> families(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::family).toList();
    }

    /** A gain that the model may as well have erred by is none. */
    @Test
    void withoutASureGainTheTablesFirstServes() {
        final PanelFamily unrolled = family(16, new Schedule(4, Prefetch.AHEAD));
        for (final ShapeClass shape : ShapeClass.all()) {
            final Candidate best = best(selection(Found.nothing(), WIDE, unrolled, NARROW), shape);
            assertEquals(WIDE, best.family(), shape::name);
            final String margin = best.origin().margin().orElseThrow();
            assertTrue(
                    margin.contains("less than " + unrolled.variants().getLast() + " expected")
                            && margin.endsWith(", too little for another choice"),
                    margin);
        }
    }

    /** Fetching is nothing that the model knows of. */
    @Test
    void thoseAlikeAreInTheTablesOrder() {
        final PanelFamily quiet = family(16, new Schedule(1, Prefetch.NONE));
        for (final ShapeClass shape : ShapeClass.all()) {
            assertEquals(
                    List.of(quiet, WIDE, NARROW, quiet, WIDE, NARROW),
                    families(selection(Found.nothing(), quiet, WIDE, NARROW).candidates(shape)),
                    shape::name);
            final String margin = best(selection(Found.nothing(), quiet, WIDE, NARROW), shape)
                    .origin()
                    .margin()
                    .orElseThrow();
            assertTrue(
                    margin.startsWith("as much as " + WIDE.variants().getLast() + " expected at ")
                            && margin.endsWith(", which comes later in the table"),
                    margin);
        }
    }

    /** Nothing tells how figures for one target compare with those for another. */
    @Test
    void amongTargetsTheTablesOrderDecides() {
        final PanelFamily foreign = new PanelFamily(
                NARROW.dst(), NARROW.lhs(), NARROW.layout(), TableReport.runsNowhereHere(), NARROW.mrs());
        final Selection one = selection(Found.nothing(), foreign, NARROW);
        final Selection two = selection(Found.nothing(), foreign, NARROW, WIDE);
        for (final ShapeClass shape : ShapeClass.all()) {
            assertEquals(new Origin.InOrder(), best(one, shape).origin());
            assertEquals(WIDE, best(two, shape).family());
        }
    }

    private static TuningProfile profile(int mr) {
        final Pick pick = new Pick(
                ShapeClass.named("few/cache"), NARROW.upTo(mr).variants().getLast(), 40, Optional.empty());
        return new TuningProfile(Machine.of(Host.current().cpu()), "measured by a test", List.of(), List.of(pick));
    }

    /** Who has tiles of one's own is not told what Tilesmith's profile picks of others; what a user's profile picks is. */
    @Test
    void aPickOfWhatIsNotThereIsTheGiversFault() {
        for (final Found.Giver giver : Found.Giver.values()) {
            final Found found = new Found(List.of(new Found.Sourced("a.profile", profile(3), giver)), List.of());
            final List<String> refusals = selection(found, WIDE).refusals();
            switch (giver) {
                case USER ->
                    assertEquals(
                            List.of(
                                    "tuning profile a.profile: the pick for few/cache, 'f32_f32_f32p1x1_3x1_scalar', is not"
                                            + " followed: this table has no such variant"),
                            refusals);
                case TILESMITH -> assertEquals(List.of(), refusals);
            }
            assertEquals(List.of(), selection(found, WIDE, NARROW).refusals());
        }
    }

    private static DispatchTable<MatMulKernel> table() {
        return TableReport.table("Linear", Stream.of(NARROW, WIDE));
    }

    /** The property, the profile that another names, and the model for what that does not pick. */
    @Test
    void whatWasMeasuredGoesBeforeTheModel(@TempDir Path folder) throws Exception {
        final String modelled = table().explain();
        assertTrue(modelled.contains("few/cache   f32_f32_f32p16x1_6x16_scalar  the cost model: "), modelled);
        final Path file = folder.resolve("a.profile");
        Files.writeString(file, profile(3).text());
        System.setProperty("tilesmith.profile", file.toString());
        try {
            final String told = table().explain();
            assertTrue(told.contains("few/cache   f32_f32_f32p1x1_3x1_scalar  " + file), told);
            assertTrue(told.contains("many/cache  f32_f32_f32p16x1_6x16_scalar  the cost model: "), told);
            System.setProperty("tilesmith.variant", "f32_f32_f32p1x1_2x1_scalar");
            assertTrue(
                    table().explain().contains("every shape f32_f32_f32p1x1_2x1_scalar  -Dtilesmith.variant asks"),
                    () -> table().explain());
        } finally {
            System.clearProperty("tilesmith.variant");
            System.clearProperty("tilesmith.profile");
        }
        assertEquals(modelled, table().explain());
    }

    @Test
    void aProfileThatIsGivenGoesBeforeTheModel() {
        assertEquals(1, table().best(profile(3)).family().nr());
        assertEquals(16, table().best().family().nr());
    }

    @Test
    void oneProductIsExplained() {
        final String told = table().explain(3, 100, 7);
        assertTrue(
                told.startsWith("3 x 100 x 7 is few/cache: f32_f32_f32p16x1_6x16_scalar, weights packed as f32p16x1b\n"
                        + "  the cost model: "),
                told);
        assertTrue(told.contains("% more than f32_f32_f32p1x1_6x1_scalar expected at 8 x 1024 x 1024"), told);
    }
}
