package dev.tilesmith.code;

import java.util.Optional;

/**
 * The permission to use the tile registers of AMX, which Linux gives a process that asks for it: their 8 KiB are more than many
 * signal stacks have room for. Without it the first instruction that uses one is illegal. It is for all threads, those
 * that run already too, and lasts as long as the process.
 *
 * <p>Numbers are those of Linux's {@code arch/x86/include/uapi/asm/prctl.h} and {@code asm-generic/errno-base.h}.
 */
public final class TilePermission {
    private static final long ARCH_REQ_XCOMP_PERM = 0x1023;
    private static final long XFEATURE_XTILEDATA = 18;

    private static final int EINVAL = 22;
    private static final int ENOSPC = 28;

    private TilePermission() {}

    /** The system's answer. */
    @FunctionalInterface
    interface Request {
        /**
         * Asks.
         *
         * @return 0, or the number of the error
         * @throws CodeRefusedException if the system cannot be asked
         */
        int errno() throws CodeRefusedException;
    }

    /** Asks this system, and tells why it refuses; nothing if it does not. */
    public static Optional<String> refusal() {
        return refusal(() -> LinuxCalls.ofSystem().archPrctl(ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA));
    }

    static Optional<String> refusal(Request request) {
        try {
            final int errno = request.errno();
            return errno == 0 ? Optional.empty() : Optional.of(reason(errno));
        } catch (CodeRefusedException e) {
            return Optional.of("nobody can be asked for tile registers: " + e.getMessage());
        }
    }

    private static String reason(int errno) {
        return switch (errno) {
            case EINVAL -> "the kernel knows no permission for tile registers (arch_prctl failed with EINVAL)";
            case ENOSPC ->
                "a thread has an alternate signal stack that is too small for tile registers (arch_prctl failed with"
                        + " ENOSPC)";
            default -> "the kernel refuses tile registers: arch_prctl failed with errno " + errno;
        };
    }
}
