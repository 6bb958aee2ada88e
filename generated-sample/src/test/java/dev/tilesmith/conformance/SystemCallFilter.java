package dev.tilesmith.conformance;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.Host;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A seccomp filter on the calling thread, which cannot be taken off again: mprotect to executable fails with EACCES, and
 * memfd_create too if so wished. Other threads, such as the JVM's compilers, are left alone.
 */
final class SystemCallFilter {
    private static final int PR_SET_SECCOMP = 22;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int SECCOMP_MODE_FILTER = 2;

    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_SET = 0x45;
    private static final int RETURN = 0x06;
    private static final int ALLOW = 0x7fff0000;
    private static final int FAIL_WITH_EACCES = 0x00050000 | 13;
    private static final int PROT_EXEC = 4;

    /** In struct seccomp_data: the number of the call, and the low half of its third argument. */
    private static final int NUMBER = 0;

    private static final int THIRD_ARGUMENT = 32;

    private SystemCallFilter() {}

    static void install(boolean denyFiles) {
        final boolean x86 = Host.current().cpu().architecture() == Architecture.X86_64;
        final int mprotect = x86 ? 10 : 226;
        final int memfdCreate = x86 ? 319 : 279;
        final int[][] program = {
            {LOAD_WORD, 0, 0, NUMBER},
            {JUMP_IF_EQUAL, denyFiles ? 4 : 3, 0, memfdCreate},
            {JUMP_IF_EQUAL, 0, 2, mprotect},
            {LOAD_WORD, 0, 0, THIRD_ARGUMENT},
            {JUMP_IF_SET, 1, 0, PROT_EXEC},
            {RETURN, 0, 0, ALLOW},
            {RETURN, 0, 0, FAIL_WITH_EACCES}
        };
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment filter = arena.allocate(8L * program.length, 8);
            for (int i = 0; i < program.length; i++) {
                filter.set(JAVA_SHORT, 8L * i, (short) program[i][0]);
                filter.set(JAVA_SHORT, 8L * i + 2, (short) (program[i][1] | program[i][2] << 8));
                filter.set(JAVA_INT, 8L * i + 4, program[i][3]);
            }
            final MemorySegment header = arena.allocate(16, 8);
            header.set(JAVA_SHORT, 0, (short) program.length);
            header.set(ADDRESS, 8, filter);
            control(PR_SET_NO_NEW_PRIVS, 1, MemorySegment.NULL);
            control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header);
        }
    }

    @SuppressWarnings("restricted") // there is no other way to it
    private static void control(int option, long value, MemorySegment pointer) {
        final MethodHandle prctl = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("prctl"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
                        Linker.Option.firstVariadicArg(1));
        try {
            if ((int) prctl.invokeExact(option, value, pointer, 0L, 0L) != 0) {
                throw new IllegalStateException("prctl " + option + " failed");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("prctl could not be called", e);
        }
    }
}
