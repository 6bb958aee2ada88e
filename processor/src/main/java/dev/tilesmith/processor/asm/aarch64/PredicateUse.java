package dev.tilesmith.processor.asm.aarch64;

/** What is said of a predicate register beside its number. */
public enum PredicateUse {
    PLAIN(""),
    MERGING("/m"),
    ZEROING("/z"),
    B(".b"),
    H(".h"),
    S(".s"),
    D(".d");

    private final String text;

    PredicateUse(String text) {
        this.text = text;
    }

    /** As it follows the register's name. */
    public String text() {
        return text;
    }
}
