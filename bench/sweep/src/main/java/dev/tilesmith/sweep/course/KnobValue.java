package dev.tilesmith.sweep.course;

import dev.tilesmith.sweep.statistic.Estimate;
import java.util.List;

/**
 * A value of a knob, and what products take with it.
 *
 * @param value the value
 * @param estimates nanoseconds of a product, for each shape
 */
record KnobValue(long value, List<Estimate> estimates) {
    /** What products take, of what they take with another value: the geometric mean over shapes. */
    double ratio(KnobValue other) {
        double logs = 0;
        for (int i = 0; i < estimates.size(); i++) {
            logs += Math.log(estimates.get(i).median() / other.estimates.get(i).median());
        }
        return Math.exp(logs / estimates.size());
    }

    /** Whether it is surely faster for a shape, and surely slower for none. */
    boolean isBetter(KnobValue other) {
        boolean faster = false;
        for (int i = 0; i < estimates.size(); i++) {
            if (other.estimates.get(i).isBelow(estimates.get(i))) {
                return false;
            }
            faster |= estimates.get(i).isBelow(other.estimates.get(i));
        }
        return faster;
    }
}
