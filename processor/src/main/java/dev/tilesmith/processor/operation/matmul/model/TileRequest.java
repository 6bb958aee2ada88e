package dev.tilesmith.processor.operation.matmul.model;

import dev.tilesmith.spec.Target;
import java.util.List;

/**
 * One {@code @Tiles}.
 *
 * @param target whose tile plan it overrides
 * @param mr rows asked for; empty for all that fit
 * @param nr columns asked for; 0 for the target's best
 */
public record TileRequest(Target target, List<Integer> mr, int nr) {
    /** Makes the list immutable. */
    public TileRequest {
        mr = List.copyOf(mr);
    }
}
