package dev.tilesmith.code;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * Executable memory on Linux: an anonymous mapping that is filled and then made executable; where the system refuses
 * that change (SELinux's execmem, say), an anonymous file mapped twice, once to write and once to execute.
 */
final class LinuxCodeMemory implements CodeMemory {
    private final MemoryCalls calls;

    /** Places code by {@code calls}. */
    LinuxCodeMemory(MemoryCalls calls) {
        this.calls = calls;
    }

    static CodeMemory onThisSystem() {
        final String os = System.getProperty("os.name", "");
        if (!os.toLowerCase(Locale.ROOT).contains("linux")) {
            return code -> {
                throw new CodeRefusedException("machine code is supported on Linux; this is " + os);
            };
        }
        return code -> {
            try {
                return new LinuxCodeMemory(LinuxCalls.link()).place(code);
            } catch (IllegalCallerException e) {
                throw new CodeRefusedException(
                        "native access is denied: start the JVM with --enable-native-access=" + module(), e);
            }
        };
    }

    /** What --enable-native-access calls this module. */
    private static String module() {
        final Module module = CodeMemory.class.getModule();
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }

    @Override
    public MemorySegment place(byte[] code) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment source = arena.allocate(code.length);
            MemorySegment.copy(code, 0, source, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, code.length);
            final MemorySegment placed = placeAnonymous(source);
            calls.clearInstructionCache(placed);
            return placed;
        }
    }

    private MemorySegment placeAnonymous(MemorySegment source) throws CodeRefusedException {
        final MemorySegment pages = calls.mapAnonymous(source.byteSize());
        MemorySegment.copy(source, 0, pages, 0, source.byteSize());
        final int error = calls.makeExecutable(pages);
        if (error == 0) {
            return pages.asReadOnly();
        }
        calls.unmap(pages);
        return placeTwice(source, error);
    }

    private MemorySegment placeTwice(MemorySegment source, int mprotectError) throws CodeRefusedException {
        final int file = calls.anonymousFile(source.byteSize(), mprotectError);
        try {
            final MemorySegment writable =
                    calls.mapFile(file, source.byteSize(), LinuxCalls.PROT_READ | LinuxCalls.PROT_WRITE);
            MemorySegment.copy(source, 0, writable, 0, source.byteSize());
            calls.unmap(writable);
            return calls.mapFile(file, source.byteSize(), LinuxCalls.PROT_READ | LinuxCalls.PROT_EXEC)
                    .asReadOnly();
        } finally {
            calls.close(file);
        }
    }
}
