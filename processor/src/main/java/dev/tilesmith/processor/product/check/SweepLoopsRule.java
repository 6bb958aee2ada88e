package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Places;
import dev.tilesmith.processor.product.model.SweepRequest;
import dev.tilesmith.processor.product.plan.Candidates;
import dev.tilesmith.spec.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The steps of a pass that are swept are each named once, and some swept target has some of them. */
final class SweepLoopsRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return declaration.sweep().stream()
                .flatMap(sweep -> check(sweep, known(declaration, sweep)))
                .toList();
    }

    private static List<Integer> known(Declaration declaration, SweepRequest sweep) {
        return Candidates.of(declaration).asked().stream()
                .filter(candidate -> sweep.isOf(candidate.target()))
                .flatMap(candidate -> candidate.schedules().stream())
                .map(Schedule::unroll)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Finding> check(SweepRequest sweep, List<Integer> known) {
        final List<Integer> unroll = sweep.unroll();
        if (unroll.isEmpty()) {
            return Stream.of(
                    Finding.of(ProductMessage.NOTHING_SWEPT, Places.sweep("unroll"), "unroll", "the usual steps"));
        }
        final List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < unroll.size(); i++) {
            fault(unroll, i).ifPresent(findings::add);
        }
        if (findings.isEmpty() && !known.isEmpty() && Collections.disjoint(unroll, known)) {
            findings.add(Finding.of(ProductMessage.UNROLL_ABSENT, Places.sweep("unroll"), unroll, known));
        }
        return findings.stream();
    }

    private static Optional<Finding> fault(List<Integer> unroll, int index) {
        final int steps = unroll.get(index);
        final Location location = Places.sweep("unroll", index);
        if (!Schedule.isPlanned(steps)) {
            return Optional.of(Finding.of(ProductMessage.UNROLL_OUT_OF_RANGE, location, steps, Schedule.MOST_UNROLLED));
        }
        return unroll.indexOf(steps) < index
                ? Optional.of(Finding.of(ProductMessage.DUPLICATE_UNROLL, location, steps))
                : Optional.empty();
    }
}
