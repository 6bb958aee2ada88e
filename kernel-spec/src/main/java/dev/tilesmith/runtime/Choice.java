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
        /** It serves: all products, or those of some classes of shapes. */
        CHOSEN,
        /** It could run, but others were chosen. */
        USABLE,
        /** It cannot run. */
        UNUSABLE
    }
}
