package dev.tilesmith.kernel.dispatch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Says in the log what a table cannot follow, in a line, and once: kernels are asked for again and again. */
final class Refusals {
    private final Supplier<Logger> log;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Of a table that says it in {@code log}, which is asked for when there is something to say. */
    Refusals(Supplier<Logger> log) {
        this.log = log;
    }

    /** Says it, unless it was said. */
    void tell(String refusal) {
        if (told.add(refusal)) {
            log.get().log(Level.WARNING, refusal);
        }
    }

    /** Says it, whether or not it was said: it is another event. */
    void tellAgain(String refusal) {
        log.get().log(Level.WARNING, refusal);
    }
}
