package dev.tilesmith.fuzz;

import java.io.Serial;

/** Thrown where a call does what it must not. */
final class Finding extends AssertionError {
    @Serial
    private static final long serialVersionUID = 1L;

    Finding(String what) {
        super(what);
    }

    Finding(String what, Throwable cause) {
        super(what, cause);
    }
}
