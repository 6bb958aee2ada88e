package dev.tilesmith.code;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The instruction caches of architectures, and how they are flushed. */
final class InstructionCaches {
    private InstructionCaches() {}

    /**
     * The instruction cache of an architecture.
     *
     * @param architecture as the system property {@code os.arch} names it
     */
    static InstructionCache of(String architecture, MemoryCalls calls) throws CodeRefusedException {
        return switch (architecture) {
            case "amd64" -> code -> {}; // x86 keeps it coherent
            case "aarch64" -> {
                try {
                    yield libgcc();
                } catch (IllegalArgumentException absent) { // not every build of a JDK brings the library
                    yield aarch64(calls);
                }
            }
            default ->
                throw new CodeRefusedException(
                        "machine code is for amd64 and aarch64; this JVM is for " + architecture);
        };
    }

    /**
     * {@code __clear_cache} of libgcc.
     *
     * @throws IllegalArgumentException if the library is absent
     */
    @SuppressWarnings("restricted") // placing code is what this package is for
    static InstructionCache libgcc() {
        final MemorySegment symbol = SymbolLookup.libraryLookup("libgcc_s.so.1", Arena.global())
                .find("__clear_cache")
                .orElseThrow(() -> new IllegalArgumentException("libgcc has no __clear_cache"));
        return flushing(symbol);
    }

    /**
     * A routine of our own for 64-bit Arm. It is not flushed itself: Linux makes a page coherent when it is first mapped
     * as executable, and nothing is written to this one afterwards.
     */
    static InstructionCache aarch64(MemoryCalls calls) throws CodeRefusedException {
        return flushing(new LinuxCodeMemory(calls, code -> {}).place(aarch64Routine()));
    }

    @SuppressWarnings("restricted")
    private static InstructionCache flushing(MemorySegment function) {
        final MethodHandle handle =
                Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
        return code -> {
            try {
                handle.invokeExact(code, code.asSlice(code.byteSize()));
            } catch (Throwable e) {
                throw new CodeRefusedException("the instruction cache could not be flushed: " + e, e);
            } finally {
                Reference.reachabilityFence(function);
            }
        };
    }

    /**
     * {@code void f(first, end)}: cleans data lines to the point of unification, then invalidates instruction lines, as
     * "Synchronization and coherency issues between data and instruction accesses" of the Arm Architecture Reference
     * Manual has it. Line sizes are those of CTR_EL0, where Linux shows the smallest of all cores.
     */
    static byte[] aarch64Routine() {
        final int[] words = {
            0xd53b0022, // mrs x2, ctr_el0
            0x52800083, // mov w3, 4
            0x53104c44, // ubfx w4, w2, 16, 4: DminLine, as a power of two words
            0x1ac42064, // lsl w4, w3, w4: bytes of a data line
            0xd1000485, // sub x5, x4, 1
            0x8a250005, // bic x5, x0, x5: the first line
            0xd50b7b25, // data: dc cvau, x5
            0x8b0400a5, // add x5, x5, x4
            0xeb0100bf, // cmp x5, x1
            0x54ffffa3, // b.lo data
            0xd5033b9f, // dsb ish
            0x12000c44, // and w4, w2, 15: IminLine
            0x1ac42064, // lsl w4, w3, w4: bytes of an instruction line
            0xd1000485, // sub x5, x4, 1
            0x8a250005, // bic x5, x0, x5
            0xd50b7525, // instruction: ic ivau, x5
            0x8b0400a5, // add x5, x5, x4
            0xeb0100bf, // cmp x5, x1
            0x54ffffa3, // b.lo instruction
            0xd5033b9f, // dsb ish
            0xd5033fdf, // isb
            0xd65f03c0, // ret
        };
        final ByteBuffer bytes =
                ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return bytes.array();
    }
}
