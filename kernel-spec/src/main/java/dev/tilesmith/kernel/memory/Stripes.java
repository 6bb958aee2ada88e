package dev.tilesmith.kernel.memory;

/**
 * Where the rows of a matrix lie: stretches of one length, each as far from the one before. Two such lie between each other
 * often: results beside their rows, or heads of attention beside each other.
 *
 * @param start where the first begins, not negative
 * @param count how many there are
 * @param length of each
 * @param distance from the start of one to that of the next; of no meaning where there is but one
 */
record Stripes(long start, int count, long length, long distance) {
    /** Up to which extent stripes are told apart; longer ones, which no memory has, meet where their ranges do. */
    static final long MOST_BYTES = 1L << 60;

    /** From the start of the first to the end of the last. */
    long extent() {
        return count == 0 || length == 0 ? 0 : (count - 1) * step() + length;
    }

    private long step() {
        return count == 1 ? length : distance;
    }

    /** Whether one of these has a place in common with one of the others. */
    boolean meet(Stripes others) {
        final long before = others.start - start;
        if (before < 0 ? others.extent() <= -before : extent() <= before) {
            return false;
        }
        return before < 0
                ? meet(-before, others.count, others.step(), others.length, count, step(), length)
                : meet(before, count, step(), length, others.count, others.step(), others.length);
    }

    /**
     * Whether one of {@code m} stretches, {@code i * step} from the start, meets one of {@code n}, {@code apart + j *
     * otherStep} from there, whose first begins before the end of the last of those. This is so if {@code apart - length < i *
     * step - j * otherStep < apart + otherLength}; the pairs of which that is true are counted.
     */
    private static boolean meet(long apart, int m, long step, long length, int n, long otherStep, long otherLength) {
        if (n == 0 || otherLength == 0) {
            return false;
        }
        if ((m - 1) * step > MOST_BYTES - length || (n - 1) * otherStep > MOST_BYTES - otherLength) {
            return true;
        }
        return pairs(m, step, length - apart - 1, n, otherStep) > pairs(m, step, -apart - otherLength, n, otherStep);
    }

    /** How many pairs of i, from 0 to m - 1, and j, from 0 to n - 1, there are with {@code j * otherStep <= i * step + shift}. */
    private static long pairs(int m, long step, long shift, int n, long otherStep) {
        // those that have some j, and those that have all
        final long some = Math.clamp(Math.ceilDiv(-shift, step), 0, m);
        final long all = Math.clamp(Math.ceilDiv((n - 1) * otherStep - shift, step), some, m);
        return (all - some) + floors(all - some, step, shift + some * step, otherStep) + (m - all) * n;
    }

    /** The sum of {@code (i * step + shift) / by}, rounded down, over i from 0 to count - 1: as Euclid's algorithm goes. */
    private static long floors(long count, long step, long shift, long by) {
        final long sum = count * (count - 1) / 2 * (step / by) + count * (shift / by);
        final long last = count * (step % by) + shift % by;
        // what is left are the points below a line; seen from the other axis it is steeper
        return last < by ? sum : sum + floors(last / by, by, last % by, step % by);
    }
}
