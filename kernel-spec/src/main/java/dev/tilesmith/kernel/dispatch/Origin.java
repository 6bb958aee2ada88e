package dev.tilesmith.kernel.dispatch;

import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Pick;
import dev.tilesmith.tune.Work;
import java.util.Locale;
import java.util.Optional;

/** By what a family was chosen. */
sealed interface Origin {
    /** Who chose, as a clause. */
    String who();

    /** By how much it was found better than what comes after it; nothing if that is not known. */
    Optional<String> margin();

    /**
     * A system property names a variant.
     *
     * @param variant the variant
     */
    record Asked(Variant variant) implements Origin {
        @Override
        public String who() {
            return "-Dtilesmith.variant asks for " + variant;
        }

        @Override
        public Optional<String> margin() {
            return Optional.empty();
        }
    }

    /**
     * A tuning profile picks it.
     *
     * @param guide the profile
     * @param pick what it says
     */
    record Picked(Guide guide, Pick pick) implements Origin {
        private static final double PERCENT = 100;

        @Override
        public String who() {
            return guide.name();
        }

        @Override
        public Optional<String> margin() {
            final String fast = String.format(Locale.ROOT, "%.1f Gop/s", pick.gops());
            return Optional.of(pick.next()
                    .map(next -> String.format(
                            Locale.ROOT,
                            "%s, %.1f %% more than %s",
                            fast,
                            (pick.gops() / next.gops() - 1) * PERCENT,
                            next.variant()))
                    .orElse(fast));
        }
    }

    /**
     * A tuning profile has it as the next best.
     *
     * @param guide the profile
     * @param pick what it says
     */
    record NextBest(Guide guide, Pick pick) implements Origin {
        @Override
        public String who() {
            return guide.name() + ", after " + pick.variant();
        }

        @Override
        public Optional<String> margin() {
            return Optional.empty();
        }
    }

    /**
     * Nobody has measured anything, and the cost model expects it to be the fastest of its target.
     *
     * @param work the product that stands for its class
     * @param other what comes after it
     * @param ratio how long the other takes, as a multiple of it; where it is preferred for want of a sure gain, that may be less
     *     than 1
     */
    record Modelled(Work work, Variant other, double ratio) implements Origin {
        private static final double PERCENT = 100;

        @Override
        public String who() {
            return "the cost model";
        }

        @Override
        public Optional<String> margin() {
            final double more = (ratio - 1) * PERCENT;
            final String differs = String.format(Locale.ROOT, "%.1f", Math.abs(more));
            final String expected = other + " expected at " + work;
            if (differs.equals("0.0")) {
                return Optional.of("as much as " + expected + ", which comes later in the table");
            }
            return Optional.of(
                    more < 0
                            ? differs + " % less than " + expected + ", too little for another choice"
                            : differs + " % more than " + expected);
        }
    }

    /** Nobody knows better than the table, whose families are in an order of preference. */
    record InOrder() implements Origin {
        @Override
        public String who() {
            return "the first that runs here";
        }

        @Override
        public Optional<String> margin() {
            return Optional.empty();
        }
    }
}
