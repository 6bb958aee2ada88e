package dev.tilesmith.processor.product.model;

import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Schedule.Prefetch;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Optional;

/**
 * One {@code @Tiles}.
 *
 * @param target whose tile plan it overrides
 * @param mr rows asked for; empty for all that fit
 * @param nr columns asked for; 0 for the target's best
 * @param unroll steps asked for of a pass along K
 * @param prefetch whether weights are to be fetched ahead
 */
public record TileRequest(Target target, List<Integer> mr, int nr, int unroll, Prefetch prefetch) {
    /** Makes the list immutable. */
    public TileRequest {
        mr = List.copyOf(mr);
    }

    /** One whose loops go along K as those of every target do. */
    public TileRequest(Target target, List<Integer> mr, int nr) {
        this(target, mr, nr, Schedule.DEFAULT.unroll(), Schedule.DEFAULT.prefetch());
    }

    /** How loops are to go along K; nothing if no code is planned of so many steps. */
    public Optional<Schedule> schedule() {
        return Schedule.isPlanned(unroll) ? Optional.of(new Schedule(unroll, prefetch)) : Optional.empty();
    }
}
