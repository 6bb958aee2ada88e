package dev.tilesmith.runtime;

/**
 * What became of one family in the choice for a host.
 *
 * @param family the family
 * @param verdict whether it runs
 * @param reason why, as a clause
 */
public record Choice(Family family, Verdict verdict, String reason) {
    /** Whether a family runs. */
    public enum Verdict {
        /** It is the first that can run. */
        CHOSEN,
        /** It could run, but comes after the one that was chosen. */
        USABLE,
        /** It cannot run. */
        UNUSABLE
    }
}
