package dev.tilesmith.sweep.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Contenders in turns: each has one in every round, in an order that is another each time. What changes while they are
 * measured, the clock of the CPU or the work of others, then changes for all of them alike.
 *
 * @param <C> what contenders are known by
 */
public final class Turns<C> {
    private final Clock clock;
    private final Random random;
    private final Runnable between;

    /**
     * Turns by a clock.
     *
     * @param seed by which the orders are shuffled
     * @param between what is done between two rounds, when nothing is timed
     */
    public Turns(Clock clock, long seed, Runnable between) {
        this.clock = clock;
        this.random = new Random(seed);
        this.between = between;
    }

    /** Times all of them until a time, as {@link #rounds} does, a turn being as long as {@code pace} says. */
    public void all(List<Contender<C>> contenders, long until, Pace pace) {
        contenders.forEach(contender -> contender.calibrate(clock, pace.batchNanos()));
        rounds(contenders, until, pace);
    }

    /** A round. */
    void round(List<Contender<C>> contenders) {
        final List<Contender<C>> order = new ArrayList<>(contenders);
        Collections.shuffle(order, random);
        order.forEach(contender -> contender.turn(clock));
        between.run();
    }

    /**
     * Rounds until a time, or until there were so many, or all are known well; one at least.
     *
     * @param until when to stop, by the clock: no round is begun that would end later
     */
    void rounds(List<Contender<C>> contenders, long until, Pace pace) {
        final double nanos =
                contenders.stream().mapToDouble(Contender::turnNanos).sum();
        do {
            round(contenders);
        } while (clock.nanos() + nanos <= until && !isEnough(contenders, pace));
    }

    private static boolean isEnough(List<? extends Contender<?>> contenders, Pace pace) {
        final int rounds = contenders.getFirst().rounds();
        return rounds >= pace.mostRounds()
                || (rounds > 2 * pace.leastRounds() && rounds % pace.leastRounds() == 0 && areKnown(contenders, pace));
    }

    private static boolean areKnown(List<? extends Contender<?>> contenders, Pace pace) {
        return contenders.stream().allMatch(contender -> contender.estimate().width() <= pace.sureWidth());
    }

    /** The clock. */
    Clock clock() {
        return clock;
    }
}
