package dev.tilesmith.sweep.measure;

/** Tells the time. */
@FunctionalInterface
public interface Clock {
    /** Nanoseconds since some moment. */
    long nanos();

    /** The JVM's. */
    static Clock ofSystem() {
        return System::nanoTime;
    }
}
