package dev.tilesmith.kernel.dispatch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says in the log what a table cannot follow, in a line, and once: kernels are asked for again and again. */
final class Refusals {
    private final Logger log;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Refusals(Logger log) {
        this.log = log;
    }

    /** Says it, unless it was said. */
    void tell(String refusal) {
        if (told.add(refusal)) {
            log.log(Level.WARNING, refusal);
        }
    }

    /** Says it, whether or not it was said: it is another event. */
    void tellAgain(String refusal) {
        log.log(Level.WARNING, refusal);
    }
}
