package dev.tilesmith.conformance;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.code.SystemCodeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Calls machine code for 64-bit Arm with canaries in what a callee must keep by the procedure call standard (AAPCS64):
 * x19 to x29, the low halves of v8 to v15, and FPCR.
 */
final class ArmCanaryCaller {
    /** What is looked at, in the order of the report. */
    static final List<String> KEPT = Stream.of(
                    IntStream.rangeClosed(19, 29).mapToObj(i -> "x" + i),
                    IntStream.rangeClosed(8, 15).mapToObj(i -> "d" + i),
                    Stream.of("fpcr"))
            .flatMap(names -> names)
            .toList();

    private static final long CANARY = 0x1122_3344_5566_7700L;

    /**
     * {@code f(report, callee, arguments, operand)}: the report is 20 words before the call and 20 words after it; words
     * 0 to 18 are taken from it, the rest is written.
     */
    private static final int[] CODE = {
        0xd10303ff, // sub sp, sp, 192
        0xa9007bfd, // stp x29, x30, [sp]
        0xa90153f3, // stp x19, x20, [sp, 16]
        0xa9025bf5, // stp x21, x22, [sp, 32]
        0xa90363f7, // stp x23, x24, [sp, 48]
        0xa9046bf9, // stp x25, x26, [sp, 64]
        0xa90573fb, // stp x27, x28, [sp, 80]
        0x6d0627e8, // stp d8, d9, [sp, 96]
        0x6d072fea, // stp d10, d11, [sp, 112]
        0x6d0837ec, // stp d12, d13, [sp, 128]
        0x6d093fee, // stp d14, d15, [sp, 144]
        0xf90053e0, // str x0, [sp, 160]
        0xd53b4409, // mrs x9, fpcr
        0xf9004c09, // str x9, [x0, 152]
        0xa9405013, // ldp x19, x20, [x0]
        0xa9415815, // ldp x21, x22, [x0, 16]
        0xa9426017, // ldp x23, x24, [x0, 32]
        0xa9436819, // ldp x25, x26, [x0, 48]
        0xa944701b, // ldp x27, x28, [x0, 64]
        0xf940281d, // ldr x29, [x0, 80]
        0x6d45a408, // ldp d8, d9, [x0, 88]
        0x6d46ac0a, // ldp d10, d11, [x0, 104]
        0x6d47b40c, // ldp d12, d13, [x0, 120]
        0x6d48bc0e, // ldp d14, d15, [x0, 136]
        0xaa0103e9, // mov x9, x1
        0xaa0203e0, // mov x0, x2
        0xaa0303e1, // mov x1, x3
        0xaa0303e2, // mov x2, x3
        0xd63f0120, // blr x9
        0xf94053e0, // ldr x0, [sp, 160]
        0x91028000, // add x0, x0, 160
        0xa9005013, // stp x19, x20, [x0]
        0xa9015815, // stp x21, x22, [x0, 16]
        0xa9026017, // stp x23, x24, [x0, 32]
        0xa9036819, // stp x25, x26, [x0, 48]
        0xa904701b, // stp x27, x28, [x0, 64]
        0xf900281d, // str x29, [x0, 80]
        0x6d05a408, // stp d8, d9, [x0, 88]
        0x6d06ac0a, // stp d10, d11, [x0, 104]
        0x6d07b40c, // stp d12, d13, [x0, 120]
        0x6d08bc0e, // stp d14, d15, [x0, 136]
        0xd53b4409, // mrs x9, fpcr
        0xf9004c09, // str x9, [x0, 152]
        0xf85f8009, // ldur x9, [x0, -8]
        0xd51b4409, // msr fpcr, x9
        0xa9407bfd, // ldp x29, x30, [sp]
        0xa94153f3, // ldp x19, x20, [sp, 16]
        0xa9425bf5, // ldp x21, x22, [sp, 32]
        0xa94363f7, // ldp x23, x24, [sp, 48]
        0xa9446bf9, // ldp x25, x26, [sp, 64]
        0xa94573fb, // ldp x27, x28, [sp, 80]
        0x6d4627e8, // ldp d8, d9, [sp, 96]
        0x6d472fea, // ldp d10, d11, [sp, 112]
        0x6d4837ec, // ldp d12, d13, [sp, 128]
        0x6d493fee, // ldp d14, d15, [sp, 144]
        0x910303ff, // add sp, sp, 192
        0xd65f03c0, // ret
    };

    private final NativeFunction caller;

    ArmCanaryCaller() throws CodeRefusedException {
        caller = NativeFunction.place(bytes(CODE), new SystemCodeMemory());
    }

    /** What {@code callee} does not keep, when called with {@code arguments} and the same operand three times. */
    List<String> lost(NativeFunction callee, MemorySegment arguments, MemorySegment operand) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment report = arena.allocate(ValueLayout.JAVA_LONG, 2L * KEPT.size());
            for (int i = 0; i < KEPT.size(); i++) {
                report.setAtIndex(ValueLayout.JAVA_LONG, i, CANARY + i);
            }
            caller.call(report, callee.code(), arguments, operand);
            return IntStream.range(0, KEPT.size())
                    .filter(i -> report.getAtIndex(ValueLayout.JAVA_LONG, i)
                            != report.getAtIndex(ValueLayout.JAVA_LONG, KEPT.size() + i))
                    .mapToObj(KEPT::get)
                    .toList();
        }
    }

    /** Instructions as they lie in memory. */
    static byte[] bytes(int... words) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return bytes.array();
    }
}
