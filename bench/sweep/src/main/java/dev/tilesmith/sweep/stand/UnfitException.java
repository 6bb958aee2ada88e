package dev.tilesmith.sweep.stand;

/** A candidate cannot be measured here. */
public final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** For such a reason. */
    public UnfitException(String message, Throwable cause) {
        super(message, cause);
    }
}
