package dev.tilesmith.sample.layers;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Places in one piece of memory that is as long as it has to be: given away, the lowest that is free first, and taken back. */
final class Slots {
    /** Floats of a cache line, at a multiple of which each slot begins. */
    private static final long LINE = 16;

    private final TreeSet<Slot> free = new TreeSet<>(Comparator.comparingLong(Slot::first));
    private long end;

    /**
     * A place.
     *
     * @param first the first float
     * @param floats how many
     */
    record Slot(long first, long floats) {}

    /** A place for so many floats. */
    Slot take(long floats) {
        final long rounded = Math.max(1, Math.ceilDiv(floats, LINE)) * LINE;
        final Optional<Slot> gap =
                free.stream().filter(found -> found.floats >= rounded).findFirst();
        if (gap.isPresent()) {
            return take(gap.get(), rounded);
        }
        final Slot slot = new Slot(end, rounded);
        end += rounded;
        return slot;
    }

    /** The lower part of a gap; the rest stays one. */
    private Slot take(Slot gap, long floats) {
        free.remove(gap);
        if (gap.floats > floats) {
            free.add(new Slot(gap.first + floats, gap.floats - floats));
        }
        return new Slot(gap.first, floats);
    }

    /** Takes a place back, and joins it with those beside it. */
    void giveBack(Slot slot) {
        Slot joined = slot;
        final Slot lower = free.lower(slot);
        if (lower != null && lower.first + lower.floats == slot.first) {
            free.remove(lower);
            joined = new Slot(lower.first, lower.floats + slot.floats);
        }
        final Slot higher = free.higher(slot);
        if (higher != null && joined.first + joined.floats == higher.first) {
            free.remove(higher);
            joined = new Slot(joined.first, joined.floats + higher.floats);
        }
        free.add(joined);
    }

    /** Floats of all the memory. */
    long floats() {
        return end;
    }
}
