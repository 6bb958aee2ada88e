package dev.tilesmith.sweep.course;

/** Tells people how far a sweep is. */
public interface Progress {
    /** What is done from now on. */
    void begin(String what);

    /** Called often: a good moment to say how far it is. Nothing is timed meanwhile. */
    void tick();

    /** Something that is worth a line of its own. */
    void say(String line);
}
