package dev.tilesmith.processor.product.plan;

import dev.tilesmith.processor.lower.JavaTarget;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.product.model.SweepRequest;
import dev.tilesmith.processor.product.plan.FamilyPlan.Rank;
import dev.tilesmith.spec.Schedule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The families that are there to be measured: for each target that is swept every width of which two rows fit, or that its family has anyway, by every loop
 * that it has code for and the sweep asks for. A family has tiles of all heights, for it can be held to some when it runs.
 */
final class Lattice {
    /** A tile of one row uses each weight once: of the narrower ones, which have more rows, that is the shortest too. */
    private static final int FEWEST_ROWS = 2;

    private final SweepRequest sweep;

    Lattice(SweepRequest sweep) {
        this.sweep = sweep;
    }

    /** Those of the candidates that have a tile which the families that are there in any case have not. */
    Stream<FamilyPlan> beside(List<FamilyPlan> families, List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> sweep.isOf(candidate.target()))
                .flatMap(candidate -> {
                    final List<FamilyPlan> usual = families.stream()
                            .filter(family -> family.target() == candidate.target())
                            .toList();
                    return widths(candidate.registers(), usual)
                            .flatMap(nr -> families(candidate, nr))
                            .filter(plan -> usual.stream().noneMatch(family -> family.has(plan)));
                });
    }

    private static Stream<Integer> widths(RegisterModel registers, List<FamilyPlan> usual) {
        return IntStream.rangeClosed(1, registers.widest() / registers.lanes())
                .mapToObj(vectors -> vectors * registers.lanes())
                .filter(nr ->
                        registers.tallest(nr) >= FEWEST_ROWS || usual.stream().anyMatch(family -> family.nr() == nr));
    }

    private Stream<FamilyPlan> families(Candidate candidate, int nr) {
        return schedules(candidate).stream().map(schedule -> family(candidate, schedule, nr));
    }

    /** Where the sweep asks for none of a target's loops, as where there is but one, it has that of every target. */
    private List<Schedule> schedules(Candidate candidate) {
        final List<Schedule> asked = candidate.schedules().stream()
                .filter(schedule -> sweep.unroll().contains(schedule.unroll()))
                .toList();
        return asked.isEmpty() ? List.of(Schedule.DEFAULT) : asked;
    }

    private static FamilyPlan family(Candidate candidate, Schedule schedule, int nr) {
        return new FamilyPlan(
                candidate.kernelTarget(), candidate.contraction(), schedule, nr, heights(candidate, nr), Rank.LATTICE);
    }

    /** Of Java the tallest are left out that its compiler spills. */
    private static List<Integer> heights(Candidate candidate, int nr) {
        final RegisterModel registers = candidate.registers();
        return switch (candidate.kernelTarget()) {
            case JavaTarget _ -> registers.defaultMrs(nr);
            case MachineTarget _ -> registers.allMrs(nr);
        };
    }
}
