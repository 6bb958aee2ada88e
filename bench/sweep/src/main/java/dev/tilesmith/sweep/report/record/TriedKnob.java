package dev.tilesmith.sweep.report.record;

import dev.tilesmith.tune.Knob;

/**
 * A knob that was tried for a target.
 *
 * @param target whose
 * @param knob which
 * @param from the value that it had
 * @param to the value that it has now; the same where none was better
 * @param ratio how long products take with {@code to}, of what they take with {@code from}
 */
public record TriedKnob(String target, Knob knob, long from, long to, double ratio) {}
