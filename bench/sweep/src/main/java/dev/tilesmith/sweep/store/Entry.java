package dev.tilesmith.sweep.store;

import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.Target;
import dev.tilesmith.sweep.measure.Standing;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.tune.Knob;
import java.util.List;

/** Something that a sweep knows for good, and need not measure again. */
public sealed interface Entry {
    /**
     * Candidates that are slower than others, for a shape.
     *
     * @param shape the shape
     * @param slower how they did
     */
    record LeftBehind(SweptShape shape, List<Standing<Candidate>> slower) implements Entry {
        /** Copies the list. */
        public LeftBehind {
            slower = List.copyOf(slower);
        }
    }

    /**
     * A shape that was measured to the end.
     *
     * @param shape the shape
     * @param weightBytes bytes of its weights, packed
     * @param standings how all did, the fastest first
     */
    record Measured(SweptShape shape, long weightBytes, List<Standing<Candidate>> standings) implements Entry {
        /** Copies the list. */
        public Measured {
            standings = List.copyOf(standings);
            if (standings.isEmpty()) {
                throw new IllegalArgumentException("standings: none; expected one or more");
            }
        }

        /** The fastest. */
        public Standing<Candidate> best() {
            return standings.getFirst();
        }
    }

    /**
     * A knob that was tried.
     *
     * @param target whose
     * @param knob which
     * @param from the value that it had
     * @param to the value that it has now; the same, if none was better
     * @param ratio how long products take with {@code to}, of what they take with {@code from}
     * @param trials what was measured for that
     */
    record KnobTried(Target target, Knob knob, long from, long to, double ratio, List<Trial> trials) implements Entry {
        /** Copies the list. */
        public KnobTried {
            trials = List.copyOf(trials);
        }
    }

    /**
     * A candidate with some value of a knob, for a shape.
     *
     * @param shape the shape
     * @param standing how it did
     */
    record Trial(SweptShape shape, Standing<Candidate> standing) {}
}
