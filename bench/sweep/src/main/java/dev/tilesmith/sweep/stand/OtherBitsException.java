package dev.tilesmith.sweep.stand;

/** Two candidates computed different bits from the same operands: one of them is wrong, and no time of it means anything. */
public final class OtherBitsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Which two, and where. */
    public OtherBitsException(String message) {
        super(message);
    }
}
