package dev.tilesmith.bench.peer;

/** This machine cannot run a peer; the message says why. */
public final class PeerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PeerUnavailableException(String message) {
        super(message);
    }

    PeerUnavailableException(String message, Throwable cause) {
        super(message + ": " + cause, cause);
    }
}
