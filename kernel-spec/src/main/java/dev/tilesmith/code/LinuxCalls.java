package dev.tilesmith.code;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The calls of the C library that map memory, and the one that asks for registers. Constants are those of Linux's {@code
 * asm-generic/mman-common.h}.
 */
final class LinuxCalls implements MemoryCalls {
    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int PROT_EXEC = 4;
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MADV_HUGEPAGE = 14;
    private static final int MFD_CLOEXEC = 1;

    /** Of x86-64. */
    private static final long SYS_ARCH_PRCTL = 158;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();

    /** As many integers as a system call takes, and registers carry on the architectures that there is machine code for. */
    private static final int ARGUMENTS = 6;

    private final SymbolLookup library;
    private final MethodHandle shape;
    private final Consumer<MemorySegment> unmapping;

    /**
     * Links one shape that all calls have, for linking is slow: a function takes its arguments from the first registers, an
     * {@code int} from the lower half of one, and never sees what the others hold.
     */
    @SuppressWarnings("restricted") // placing code is what this package is for
    private LinuxCalls(Linker linker) {
        library = linker.defaultLookup();
        shape = linker.downcallHandle(
                FunctionDescriptor.of(
                        JAVA_LONG, Collections.nCopies(ARGUMENTS, JAVA_LONG).toArray(MemoryLayout[]::new)),
                Linker.Option.captureCallState("errno"));
        unmapping = unmapping(linker);
    }

    /**
     * What a function gave.
     *
     * @param value what a function gives that gives 64 bits
     * @param errno the number of the error; 0 for success
     */
    private record Answer(long value, int errno) {}

    @SuppressWarnings({"restricted", "unchecked"})
    private static Consumer<MemorySegment> unmapping(Linker linker) {
        final MethodHandle munmap = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("munmap"), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
        try {
            final MethodHandle size = MethodHandles.publicLookup()
                    .findVirtual(MemorySegment.class, "byteSize", MethodType.methodType(long.class));
            return MethodHandleProxies.asInterfaceInstance(
                    Consumer.class,
                    MethodHandles.permuteArguments(
                            MethodHandles.filterArguments(munmap, 1, size),
                            MethodType.methodType(int.class, MemorySegment.class),
                            0,
                            0));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException("a segment has no size", e);
        }
    }

    /**
     * The calls, linked once for all.
     *
     * @throws CodeRefusedException as {@link #link} does
     */
    static LinuxCalls ofSystem() throws CodeRefusedException {
        return Linked.CALLS.isPresent() ? Linked.CALLS.get() : link();
    }

    /** Linked when they are first asked for. */
    private static final class Linked {
        static final Optional<LinuxCalls> CALLS = tryToLink();

        private Linked() {}

        private static Optional<LinuxCalls> tryToLink() {
            try {
                return Optional.of(link());
            } catch (CodeRefusedException _) { // who asks links anew, and is told the reason
                return Optional.empty();
            }
        }
    }

    /** Links the calls, which are refused where this is not Linux, or native access is denied. */
    static LinuxCalls link() throws CodeRefusedException {
        return link(System.getProperty("os.name", ""));
    }

    /** Links the calls on a system that {@code os.name} names so. */
    static LinuxCalls link(String os) throws CodeRefusedException {
        if (!isLinux(os)) {
            throw new CodeRefusedException("machine code is supported on Linux; this is " + os);
        }
        try {
            return new LinuxCalls(Linker.nativeLinker());
        } catch (NoSuchElementException | UnsupportedOperationException e) {
            throw new CodeRefusedException("the C library cannot be called: " + e.getMessage(), e);
        } catch (IllegalCallerException e) {
            throw new CodeRefusedException(
                    "native access is denied: start the JVM with --enable-native-access=" + module(), e);
        }
    }

    /** Whether {@code os.name} names Linux. */
    static boolean isLinux(String os) {
        return os.toLowerCase(Locale.ROOT).contains("linux");
    }

    /** What --enable-native-access calls this module. */
    private static String module() {
        final Module module = LinuxCalls.class.getModule();
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }

    /**
     * Calls a function of the C library that gives -1, in 32 bits or in 64, where it fails. Of what an argument is the address
     * of, the caller takes care that it lasts.
     */
    private Answer call(String function, long... arguments) throws CodeRefusedException {
        final long[] all = Arrays.copyOf(arguments, ARGUMENTS);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(CALL_STATE);
            final long value = (long) shape.invokeExact(
                    library.findOrThrow(function), state, all[0], all[1], all[2], all[3], all[4], all[5]);
            return new Answer(value, (int) value == -1 ? errno(state) : 0);
        } catch (Throwable e) {
            throw new CodeRefusedException(function + " could not be called: " + e, e);
        }
    }

    private static int errno(MemorySegment state) {
        return state.get(JAVA_INT, CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno")));
    }

    @Override
    public MemorySegment mapAnonymous(long size) throws CodeRefusedException {
        return map(size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    }

    @Override
    public MemorySegment mapFile(int file, long size, int protection) throws CodeRefusedException {
        return map(size, protection, MAP_SHARED, file);
    }

    @SuppressWarnings("restricted")
    private MemorySegment map(long size, int protection, int flags, int file) throws CodeRefusedException {
        final Answer mapped = call("mmap", 0, size, protection, flags, file, 0);
        if (mapped.value() == -1) {
            throw new CodeRefusedException("mmap of " + size + " bytes with protection " + protection
                    + " failed with errno " + mapped.errno());
        }
        return MemorySegment.ofAddress(mapped.value()).reinterpret(size);
    }

    @Override
    public int makeExecutable(MemorySegment pages) throws CodeRefusedException {
        return call("mprotect", pages.address(), pages.byteSize(), PROT_READ | PROT_EXEC)
                .errno();
    }

    @Override
    public void useHugePages(MemorySegment pages) throws CodeRefusedException {
        call("madvise", pages.address(), pages.byteSize(), MADV_HUGEPAGE); // advice: what comes of it is not asked
    }

    @Override
    public int anonymousFile(long size, int mprotectError) throws CodeRefusedException {
        final int file = (int) fileOfMemory(mprotectError).value();
        final int error = call("ftruncate", file, size).errno();
        if (error != 0) {
            close(file);
            throw new CodeRefusedException("ftruncate of an anonymous file failed with errno " + error);
        }
        return file;
    }

    private Answer fileOfMemory(int mprotectError) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final Answer file =
                    call("memfd_create", arena.allocateFrom("tilesmith").address(), MFD_CLOEXEC);
            if (file.errno() != 0) {
                throw new CodeRefusedException("mprotect failed with errno " + mprotectError
                        + ", and memfd_create with errno " + file.errno());
            }
            return file;
        }
    }

    @Override
    public void unmap(MemorySegment pages) {
        unmapping.accept(pages);
    }

    @Override
    public Consumer<MemorySegment> unmapping() {
        return unmapping;
    }

    /** Asks for what only x86-64 has; returns errno, 0 for success. */
    int archPrctl(long code, long argument) throws CodeRefusedException {
        return call("syscall", SYS_ARCH_PRCTL, code, argument).errno();
    }

    @Override
    public void close(int file) throws CodeRefusedException {
        call("close", file);
    }
}
