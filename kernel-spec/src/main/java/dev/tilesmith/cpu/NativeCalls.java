package dev.tilesmith.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The C functions of the system that know the CPU. */
final class NativeCalls {
    /** Longer than any CPU's name. */
    private static final long TEXT_BYTES = 256;

    private final Linker linker = Linker.nativeLinker();

    /** {@code unsigned long getauxval(unsigned long type)}. */
    long getauxval(long type) {
        final MethodHandle getauxval = function("getauxval", ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
        try {
            return (long) getauxval.invokeExact(type);
        } catch (Throwable e) {
            throw new IllegalStateException("getauxval failed", e);
        }
    }

    /** {@code int prctl(int option)}: on Linux for Arm, variadic functions are called as others are. */
    int prctl(int option) {
        final MethodHandle prctl = function("prctl", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        try {
            return (int) prctl.invokeExact(option);
        } catch (Throwable e) {
            throw new IllegalStateException("prctl failed", e);
        }
    }

    /** The number behind a name, of 4 or 8 bytes; 0 where the name is not known. */
    long sysctl(String name) {
        try (Arena arena = Arena.ofConfined()) {
            // Zeroed before the call, so that a number of 4 bytes reads as one of 8: macOS is little-endian.
            final MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
            return sysctlbyname(arena, name, value) ? value.get(ValueLayout.JAVA_LONG, 0) : 0;
        }
    }

    /** The text behind a name; empty where the name is not known. */
    String sysctlText(String name) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment value = arena.allocate(TEXT_BYTES);
            return sysctlbyname(arena, name, value) ? value.getString(0) : "";
        }
    }

    private boolean sysctlbyname(Arena arena, String name, MemorySegment value) {
        final MethodHandle sysctlbyname = function(
                "sysctlbyname",
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG);
        final MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_LONG, value.byteSize());
        final MemorySegment cName = arena.allocateFrom(name);
        try {
            return (int) sysctlbyname.invokeExact(cName, value, length, MemorySegment.NULL, 0L) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("sysctlbyname failed", e);
        }
    }

    // Callers have made sure that native access is enabled.
    @SuppressWarnings("restricted")
    private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        final MemorySegment address = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("the system's libraries have no " + name));
        return linker.downcallHandle(address, FunctionDescriptor.of(result, arguments));
    }
}
