package dev.tilesmith.processor.product.emit;

import dev.tilesmith.spec.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What comments say of how a loop goes along K. */
final class ScheduleText {
    private ScheduleText() {}

    /** {@code 2 steps a pass, nothing fetched ahead}; nothing where it goes as those of every target do. */
    static Optional<String> of(Schedule schedule) {
        final List<String> parts = new ArrayList<>();
        if (schedule.unroll() != Schedule.DEFAULT.unroll()) {
            parts.add(schedule.unroll() + " steps a pass");
        }
        switch (schedule.prefetch()) {
            case AHEAD -> {}
            case NONE -> parts.add("nothing fetched ahead");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }
}
