package dev.tilesmith.code;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The permission to use the tile registers of AMX, which Linux gives a process that asks for it: their 8 KiB are more than many
 * signal stacks have room for. Without it the first instruction that uses one is illegal. It is for all threads, those
 * that run already too, and lasts as long as the process.
 *
 * <p>Numbers are those of Linux's {@code arch/x86/include/uapi/asm/prctl.h} and {@code asm-generic/errno-base.h}.
 */
public final class TilePermission {
    private static final long ARCH_PRCTL = 158;
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
        return refusal(TilePermission::ask);
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

    private static int ask() throws CodeRefusedException {
        if (!CodeMemory.isOnThisSystem()) {
            throw new CodeRefusedException("this is " + System.getProperty("os.name", ""));
        }
        final StructLayout stateLayout = Linker.Option.captureStateLayout();
        final VarHandle errno = stateLayout.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(stateLayout);
            final long result =
                    (long) systemCall().invokeExact(state, ARCH_PRCTL, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA);
            return result == 0 ? 0 : (int) errno.get(state, 0L);
        } catch (NoSuchElementException | UnsupportedOperationException | IllegalCallerException e) {
            throw new CodeRefusedException("the C library cannot be called: " + e.getMessage(), e);
        } catch (Throwable e) {
            throw new CodeRefusedException("syscall could not be called: " + e, e);
        }
    }

    /** {@code long syscall(long number, ...)}, as it is for two arguments. */
    @SuppressWarnings("restricted") // asked for by those who run code alone
    private static MethodHandle systemCall() {
        final Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }
}
