package dev.tilesmith.kernel.memory;

/** What the operands of a call are called in its messages. */
public enum OperandNames {
    /** Of a product of matrices. */
    PRODUCT("lhs", "rhs", "the weights", "the packed weights"),
    /** Of a convolution. */
    CONVOLUTION("src", "filters", "the filters", "the packed filters");

    private final String lhs;
    private final String rhs;
    private final String given;
    private final String packed;

    OperandNames(String lhs, String rhs, String given, String packed) {
        this.lhs = lhs;
        this.rhs = rhs;
        this.given = given;
        this.packed = packed;
    }

    /** What is read as it comes. */
    String lhs() {
        return lhs;
    }

    /** What was packed. */
    public String rhs() {
        return rhs;
    }

    /** What is packed, in a sentence. */
    public String given() {
        return given;
    }

    /** What was packed, in a sentence. */
    String packed() {
        return packed;
    }
}
