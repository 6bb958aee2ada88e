package dev.tilesmith.tune;

/** Text that is no tuning profile: the message is one line that says where, what is there, and what would be right. */
public final class ProfileRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ProfileRefusedException(String message) {
        super(message);
    }

    ProfileRefusedException(String message, IllegalArgumentException cause) {
        super(message, cause);
    }
}
