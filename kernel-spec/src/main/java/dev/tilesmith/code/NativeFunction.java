package dev.tilesmith.code;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/**
 * A function in machine code: {@code void f(arguments, lhs, rhs, dst)}, by the platform's calling convention.
 *
 * <p>Its code is unmapped when the function is no longer reachable, and no call of it is under way.
 *
 * <p>The operands are passed as segments, so that none can be freed while the function runs. Calls are plain ones wherever they can
 * be: a critical one, which alone reaches into a Java array, holds up every garbage collection for as long as it takes.
 */
public final class NativeFunction {
    private final MemorySegment code;

    private NativeFunction(MemorySegment code) {
        this.code = code;
    }

    /** Places {@code code} in {@code memory}; the function starts at its first byte. */
    public static NativeFunction place(byte[] code, CodeMemory memory) throws CodeRefusedException {
        return new NativeFunction(memory.place(code));
    }

    /** Where the function is, for tests and disassemblers: valid as long as the segment, or the function, is reachable. */
    public MemorySegment code() {
        return code;
    }

    /**
     * Calls the function. Where {@code lhs} or {@code dst} is over a Java array, collections that want to begin wait until it returns:
     * such a call has to be brief.
     *
     * @throws IllegalStateException if the arena of a segment is closed
     * @throws WrongThreadException if it is another thread's
     * @throws IllegalArgumentException if {@code arguments} or {@code rhs} is over a Java array, and the others are not
     */
    public void call(MemorySegment arguments, MemorySegment lhs, MemorySegment rhs, MemorySegment dst) {
        try {
            if (lhs.isNative() && dst.isNative()) {
                Call.HANDLE.invokeExact(code, arguments, lhs, rhs, dst);
            } else {
                CallOfArrays.call(code, arguments, lhs, rhs, dst);
            }
        } catch (RuntimeException | Error e) {
            throw e; // what the JVM has to say of the segments
        } catch (Throwable e) { // which the handle's type allows, and nothing throws
            throw new IllegalStateException("a call into machine code failed", e);
        } finally {
            Reference.reachabilityFence(code); // what is called may not be unmapped
        }
    }

    /** Linked at the first call: linking is refused where native access is denied. */
    private static final class Call {
        static final MethodHandle HANDLE = handle();

        private Call() {}
    }

    /** Linked at the first call that reaches into an array. */
    private static final class CallOfArrays {
        static final MethodHandle HANDLE = handle(Linker.Option.critical(true));

        private CallOfArrays() {}

        static void call(
                MemorySegment code, MemorySegment arguments, MemorySegment lhs, MemorySegment rhs, MemorySegment dst)
                throws Throwable {
            HANDLE.invokeExact(code, arguments, lhs, rhs, dst);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(Linker.Option... options) {
        return Linker.nativeLinker()
                .downcallHandle(FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS), options);
    }
}
