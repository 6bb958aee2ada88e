package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Places;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.plan.Candidates;
import dev.tilesmith.spec.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Loops along K of tile plans are such as the target has code for. */
final class TilesLoopRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        final Candidates candidates = Candidates.of(declaration);
        for (int i = 0; i < declaration.tiles().size(); i++) {
            final TileRequest tiles = declaration.tiles().get(i);
            final int index = i;
            candidates
                    .of(tiles.target())
                    .flatMap(candidate -> fault(declaration, index, candidate.schedules()))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private static Optional<Finding> fault(Declaration declaration, int index, List<Schedule> known) {
        final TileRequest tiles = declaration.tiles().get(index);
        final Optional<Schedule> schedule = tiles.schedule();
        if (schedule.isEmpty()) {
            return Optional.of(Finding.of(
                    ProductMessage.UNROLL_OUT_OF_RANGE,
                    Places.tiles(index, "unroll"),
                    tiles.unroll(),
                    Schedule.MOST_UNROLLED));
        }
        return schedule.filter(asked -> !known.contains(asked))
                .map(asked -> Finding.of(
                        ProductMessage.SCHEDULE_ABSENT,
                        place(index, asked, known),
                        tiles.target(),
                        asked.unroll(),
                        asked.prefetch(),
                        declaration.formats(),
                        known.stream().map(TilesLoopRule::text).collect(Collectors.joining(", "))));
    }

    /** The steps, where no loop has so many; else it is the other. */
    private static Location place(int index, Schedule asked, List<Schedule> known) {
        return known.stream().noneMatch(schedule -> schedule.unroll() == asked.unroll())
                ? Places.tiles(index, "unroll")
                : Places.tiles(index, "prefetch");
    }

    private static String text(Schedule schedule) {
        return schedule.unroll() + " with " + schedule.prefetch();
    }
}
