package dev.tilesmith.code;

/** The system does not let this process run machine code of its own; the message says what refused, as a clause. */
public final class CodeRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A refusal. */
    public CodeRefusedException(String message) {
        super(message);
    }

    /** A refusal that another failure caused. */
    public CodeRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
