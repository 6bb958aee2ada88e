package dev.tilesmith.sweep.measure;

/** Whether something disturbs what is measured. */
@FunctionalInterface
public interface Noise {
    /** Whether others worked on this machine since this was asked last. */
    boolean isHeard();

    /** A machine that nobody else works on. */
    static Noise none() {
        return () -> false;
    }
}
