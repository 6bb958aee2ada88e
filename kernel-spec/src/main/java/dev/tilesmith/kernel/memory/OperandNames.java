package dev.tilesmith.kernel.memory;

/** What the operands of a call are called in its messages. */
public enum OperandNames {
    /** Of a product of matrices. */
    PRODUCT("lhs", "rhs", "the packed weights"),
    /** Of a convolution. */
    CONVOLUTION("src", "filters", "the packed filters");

    private final String lhs;
    private final String rhs;
    private final String packed;

    OperandNames(String lhs, String rhs, String packed) {
        this.lhs = lhs;
        this.rhs = rhs;
        this.packed = packed;
    }

    /** What is read as it comes. */
    String lhs() {
        return lhs;
    }

    /** What was packed. */
    String rhs() {
        return rhs;
    }

    /** What was packed, in a sentence. */
    String packed() {
        return packed;
    }
}
