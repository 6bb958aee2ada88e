package dev.tilesmith.processor.lower.aarch64;

/** Which of Arm's outer-product extensions code is for. */
public enum SmeIsa {
    /** Outer products, one vector loaded at a time. */
    SME,
    /** Loads of several vectors at once besides, and products of four vectors with one value. */
    SME2;

    boolean loadsSeveral() {
        return this == SME2;
    }

    /** Whether there is a table that values of few bits are looked up in. */
    boolean looksUp() {
        return this == SME2;
    }

    /** Whether what is in vectors can be multiplied and added to vectors of ZA. */
    boolean addsToZa() {
        return this == SME2;
    }
}
