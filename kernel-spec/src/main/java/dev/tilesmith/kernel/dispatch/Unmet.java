package dev.tilesmith.kernel.dispatch;

/**
 * Why a family does not run.
 *
 * @param cause what would have to be otherwise
 * @param reason what is missing, as a clause
 */
record Unmet(Cause cause, String reason) {
    /** What would have to be otherwise. */
    enum Cause {
        /** The CPU, the operating system, or what the JVM's compiler makes of them. */
        MACHINE,
        /** How the JVM was started or linked, or what the system lets it do: whoever runs it can change that. */
        START,
        /** A setting of Tilesmith, which is meant. */
        SETTING
    }

    static Unmet byMachine(String reason) {
        return new Unmet(Cause.MACHINE, reason);
    }

    static Unmet byStart(String reason) {
        return new Unmet(Cause.START, reason);
    }

    static Unmet bySetting(String reason) {
        return new Unmet(Cause.SETTING, reason);
    }
}
