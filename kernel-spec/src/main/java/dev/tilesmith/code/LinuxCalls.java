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
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
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

    /** Of x86-64. */
    private static final long SYS_ARCH_PRCTL = 158;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();

    private final MethodHandle mmap;
    private final MethodHandle mprotect;
    private final Consumer<MemorySegment> unmapping;

    /** Links what placing code takes; linking is slow, and the rest waits until it is called. */
    private LinuxCalls(Linker linker) {
        mmap = handle(
                linker,
                "mmap",
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
        mprotect = handle(linker, "mprotect", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        unmapping = unmapping(linker);
    }

    /** What only huge pages take. */
    private static final class Advice {
        static final MethodHandle MADVISE =
                handle("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

        private Advice() {}
    }

    /** What only a system takes that makes no memory executable. */
    private static final class AnonymousFiles {
        static final MethodHandle MEMFD_CREATE =
                handle("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        static final MethodHandle FTRUNCATE = handle("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
        static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

        private AnonymousFiles() {}
    }

    /** What only permissions take: {@code long syscall(long number, ...)}, as it is for two arguments. */
    private static final class SystemCall {
        static final MethodHandle SYSCALL = handle(
                Linker.nativeLinker(),
                "syscall",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1));

        private SystemCall() {}
    }

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

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return handle(Linker.nativeLinker(), name, descriptor);
    }

    @SuppressWarnings("restricted") // placing code is what this package is for
    private static MethodHandle handle(
            Linker linker, String name, FunctionDescriptor descriptor, Linker.Option... further) {
        final Linker.Option[] options = Arrays.copyOf(further, further.length + 1);
        options[further.length] = Linker.Option.captureCallState("errno");
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
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
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(CALL_STATE);
            final MemorySegment mapped =
                    (MemorySegment) mmap.invokeExact(state, MemorySegment.NULL, size, protection, flags, file, 0L);
            if (mapped.address() == -1) {
                throw new CodeRefusedException("mmap of " + size + " bytes with protection " + protection
                        + " failed with errno " + errno(state));
            }
            return mapped.reinterpret(size);
        } catch (CodeRefusedException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected("mmap", e);
        }
    }

    @Override
    public int makeExecutable(MemorySegment pages) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(CALL_STATE);
            final int result = (int) mprotect.invokeExact(state, pages, pages.byteSize(), PROT_READ | PROT_EXEC);
            return result == 0 ? 0 : errno(state);
        } catch (Throwable e) {
            throw unexpected("mprotect", e);
        }
    }

    @Override
    public void useHugePages(MemorySegment pages) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) { // advice: what comes of it is not asked
            final int _ = (int)
                    Advice.MADVISE.invokeExact(arena.allocate(CALL_STATE), pages, pages.byteSize(), MADV_HUGEPAGE);
        } catch (Throwable e) {
            throw unexpected("madvise", e);
        }
    }

    @Override
    public int anonymousFile(long size, int mprotectError) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(CALL_STATE);
            final int file = (int)
                    AnonymousFiles.MEMFD_CREATE.invokeExact(state, arena.allocateFrom("tilesmith"), 1); // MFD_CLOEXEC
            if (file < 0) {
                throw new CodeRefusedException("mprotect failed with errno " + mprotectError
                        + ", and memfd_create with errno " + errno(state));
            }
            if ((int) AnonymousFiles.FTRUNCATE.invokeExact(state, file, size) != 0) {
                final int error = errno(state);
                close(file);
                throw new CodeRefusedException("ftruncate of an anonymous file failed with errno " + error);
            }
            return file;
        } catch (CodeRefusedException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected("memfd_create", e);
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
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment state = arena.allocate(CALL_STATE);
            final long result = (long) SystemCall.SYSCALL.invokeExact(state, SYS_ARCH_PRCTL, code, argument);
            return result == 0 ? 0 : errno(state);
        } catch (Throwable e) {
            throw unexpected("arch_prctl", e);
        }
    }

    @Override
    public void close(int file) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final int _ = (int) AnonymousFiles.CLOSE.invokeExact(arena.allocate(CALL_STATE), file);
        } catch (Throwable e) {
            throw unexpected("close", e);
        }
    }

    private static int errno(MemorySegment state) {
        return state.get(JAVA_INT, CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno")));
    }

    private static CodeRefusedException unexpected(String call, Throwable cause) {
        return new CodeRefusedException(call + " could not be called: " + cause, cause);
    }
}
