package dev.tilesmith.sweep.measure;

import dev.tilesmith.sweep.measure.Standing.Confidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the fastest of many within a time: all of them briefly, then those that may be the fastest, half as many at a time, for
 * longer. So the time goes where it decides.
 *
 * @param <C> what contenders are known by
 */
public final class Halving<C> {
    /** So many times slower than the fastest, at its first call already, and nobody needs to know how much exactly. */
    private static final double FAR_SLOWER = 8;

    private static final int MOST_REPEATS = 2;

    /** Of the whole time, for what was noise to be measured again. */
    private static final double SHARE_TO_REPEAT = 0.2;

    private final Turns<C> turns;
    private final Pace pace;
    private final Noise noise;
    private final Listener<C> listener;

    /**
     * Hears of what is decided.
     *
     * @param <C> what contenders are known by
     */
    @FunctionalInterface
    public interface Listener<C> {
        /** These are slower, and were left behind. */
        void leftBehind(List<Standing<C>> slower);
    }

    /** Halving by turns. */
    public Halving(Turns<C> turns, Pace pace, Noise noise, Listener<C> listener) {
        this.turns = turns;
        this.pace = pace;
        this.noise = noise;
        this.listener = listener;
    }

    /**
     * How all did, the fastest first.
     *
     * @param contenders one or more
     * @param nanos how long it may take
     * @param group what is alike: of contenders that are not like the fastest the best is measured to the end too
     */
    public List<Standing<C>> run(List<Contender<C>> contenders, long nanos, Function<C, ?> group) {
        final long start = turns.clock().nanos();
        final long halved = start + Math.round(nanos * (1 - SHARE_TO_REPEAT));
        contenders.forEach(contender -> contender.calibrate(turns.clock(), pace.batchNanos()));
        final List<Standing<C>> slower = new ArrayList<>();
        List<Contender<C>> left = leave(contenders, near(contenders), slower);
        noise.isHeard();
        for (int stages = stages(left.size()); stages > 0; stages--) {
            final long now = turns.clock().nanos();
            turns.rounds(left, now + Math.max(0, halved - now) / stages, pace);
            left = leave(left, best(left, group), slower);
        }
        final List<Standing<C>> standings = new ArrayList<>(settled(left, start + nanos));
        standings.addAll(slower);
        standings.sort(Comparator.comparing((Standing<C> standing) -> standing.confidence() == Confidence.LEFT_BEHIND)
                .thenComparingDouble(standing -> standing.estimate().median()));
        return standings;
    }

    /** Enough to halve down to two, and once for these. */
    private static int stages(int contenders) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(contenders - 1));
    }

    private static <C> List<Contender<C>> near(List<Contender<C>> contenders) {
        final double fastest = contenders.stream()
                .mapToDouble(Contender::callNanos)
                .min()
                .orElseThrow(() -> new IllegalArgumentException("contenders: none; expected one or more"));
        return contenders.stream()
                .filter(contender -> contender.callNanos() <= FAR_SLOWER * fastest)
                .toList();
    }

    /** Those that may be the fastest, half at most but two, and the fastest of another group. */
    private List<Contender<C>> best(List<Contender<C>> contenders, Function<C, ?> group) {
        if (contenders.getFirst().rounds() < pace.leastRounds()) {
            return contenders;
        }
        final List<Contender<C>> sorted = contenders.stream()
                .sorted(Comparator.comparingDouble(
                        contender -> contender.estimate().median()))
                .toList();
        final Contender<C> fastest = sorted.getFirst();
        final List<Contender<C>> best = new ArrayList<>(sorted.stream()
                .limit(Math.max(2, Math.ceilDiv(sorted.size(), 2)))
                .filter(contender -> !fastest.estimate().isBelow(contender.estimate()))
                .toList());
        final Object alike = group.apply(fastest.candidate());
        final Optional<Contender<C>> other = sorted.stream()
                .filter(contender -> !group.apply(contender.candidate()).equals(alike))
                .findFirst();
        other.filter(contender -> !best.contains(contender)).ifPresent(best::add);
        return best;
    }

    private List<Contender<C>> leave(List<Contender<C>> contenders, List<Contender<C>> kept, List<Standing<C>> slower) {
        final List<Standing<C>> left = contenders.stream()
                .filter(contender -> !kept.contains(contender))
                .map(contender -> new Standing<>(contender.candidate(), contender.estimate(), Confidence.LEFT_BEHIND))
                .toList();
        if (!left.isEmpty()) {
            slower.addAll(left);
            listener.leftBehind(left);
        }
        return kept;
    }

    /** What disturbed those that are left is measured again, while there is time; and said, if it does not stop. */
    private List<Standing<C>> settled(List<Contender<C>> left, long until) {
        boolean heard = noise.isHeard();
        for (int repeat = 0; repeat < MOST_REPEATS && (heard || left.stream().anyMatch(Contender::isNoisy)); repeat++) {
            final long now = turns.clock().nanos();
            if (until - now < leastNanos(left)) {
                break;
            }
            left.forEach(Contender::startOver);
            turns.rounds(left, now + (until - now) / (MOST_REPEATS - repeat), pace);
            heard = noise.isHeard();
        }
        final boolean disturbed = heard;
        return left.stream()
                .map(contender -> new Standing<>(
                        contender.candidate(),
                        contender.estimate(),
                        disturbed || contender.isNoisy() ? Confidence.NOISY : Confidence.FINAL))
                .toList();
    }

    private double leastNanos(List<Contender<C>> left) {
        return pace.leastRounds()
                * left.stream().mapToDouble(Contender::turnNanos).sum();
    }
}
