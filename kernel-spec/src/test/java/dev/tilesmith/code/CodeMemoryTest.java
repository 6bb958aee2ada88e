package dev.tilesmith.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A routine in bytes, placed in every way and called. */
final class CodeMemoryTest {
    private static final String ARCHITECTURE = System.getProperty("os.arch");

    /** Every way to place code, with every way to flush it that this architecture has. */
    static Stream<CodeMemory> memories() throws CodeRefusedException {
        final LinuxCalls calls = LinuxCalls.link();
        final Stream<InstructionCache> caches = ARCHITECTURE.equals("aarch64")
                ? Stream.of(InstructionCaches.libgcc(), InstructionCaches.aarch64(calls))
                : Stream.of(InstructionCaches.of(ARCHITECTURE, calls));
        return Stream.concat(Stream.of(new SystemCodeMemory()), caches.flatMap(cache -> {
            final LinuxCodeMemory memory = new LinuxCodeMemory(calls, cache);
            return Stream.<CodeMemory>of(memory, code -> memory.placeTwice(code, 0));
        }));
    }

    /** {@code dst[0] = arguments[0] + arguments[1]}, of int64. */
    private static byte[] sum() {
        return switch (ARCHITECTURE) {
            case "amd64" ->
                HexFormat.of()
                        .parseHex(
                                "488b07" // mov rax, [rdi]
                                        + "48034708" // add rax, [rdi + 8]
                                        + "488901" // mov [rcx], rax
                                        + "c3"); // ret
            case "aarch64" ->
                HexFormat.of()
                        .parseHex(
                                "041440a9" // ldp x4, x5, [x0]
                                        + "8400058b" // add x4, x4, x5
                                        + "640000f9" // str x4, [x3]
                                        + "c0035fd6"); // ret
            default -> throw new AssertionError("no routine for " + ARCHITECTURE);
        };
    }

    @ParameterizedTest
    @MethodSource("memories")
    void placedCodeRuns(CodeMemory memory) throws CodeRefusedException {
        final NativeFunction function = NativeFunction.place(sum(), memory);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment arguments = arena.allocateFrom(ValueLayout.JAVA_LONG, 40, 2);
            final MemorySegment dst = arena.allocate(ValueLayout.JAVA_LONG);
            function.call(arguments, MemorySegment.NULL, MemorySegment.NULL, dst);
            assertEquals(42, dst.get(ValueLayout.JAVA_LONG, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("memories")
    void codeOfManyPagesRunsToItsEnd(CodeMemory memory) throws CodeRefusedException {
        final byte[] nop = ARCHITECTURE.equals("amd64")
                ? new byte[] {(byte) 0x90}
                : HexFormat.of().parseHex("1f2003d5");
        final byte[] sum = sum();
        final int before = 300_000;
        final byte[] code = new byte[before + sum.length];
        for (int i = 0; i < before; i++) {
            code[i] = nop[i % nop.length];
        }
        System.arraycopy(sum, 0, code, before, sum.length);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment arguments = arena.allocateFrom(ValueLayout.JAVA_LONG, -1, 8);
            final MemorySegment dst = arena.allocate(ValueLayout.JAVA_LONG);
            NativeFunction.place(code, memory).call(arguments, dst, dst, dst);
            assertEquals(7, dst.get(ValueLayout.JAVA_LONG, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("memories")
    void placedCodeIsExecutableAndNotWritable(CodeMemory memory) throws Exception {
        final MemorySegment code = memory.place(sum());
        assertThrows(IllegalArgumentException.class, () -> code.set(ValueLayout.JAVA_BYTE, 0, (byte) 0));
        final List<String> mappings = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> contains(line, code.address()))
                .toList();
        assertEquals(1, mappings.size());
        assertTrue(mappings.getFirst().contains(" r-x"), mappings::toString);
    }

    /** Whether a line of maps, {@code first-end permissions ...}, is of the mapping that has the address. */
    private static boolean contains(String line, long address) {
        final String[] range = line.substring(0, line.indexOf(' ')).split("-", 2);
        return Long.compareUnsigned(Long.parseUnsignedLong(range[0], 16), address) <= 0
                && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0;
    }

    /** A loop of as many rounds as {@code arguments[0]} says, which then are in {@code dst[0]}. */
    private static byte[] rounds() {
        return switch (ARCHITECTURE) {
            case "amd64" ->
                HexFormat.of()
                        .parseHex(
                                "488b07" // mov rax, [rdi]
                                        + "31d2" // xor edx, edx
                                        + "48ffc2" // round: inc rdx
                                        + "48ffc8" // dec rax
                                        + "75f8" // jnz round
                                        + "488911" // mov [rcx], rdx
                                        + "c3"); // ret
            case "aarch64" ->
                HexFormat.of()
                        .parseHex(
                                "040040f9" // ldr x4, [x0]
                                        + "050080d2" // mov x5, 0
                                        + "a5040091" // round: add x5, x5, 1
                                        + "840400f1" // subs x4, x4, 1
                                        + "c1ffff54" // b.ne round
                                        + "650000f9" // str x5, [x3]
                                        + "c0035fd6"); // ret
            default -> throw new AssertionError("no routine for " + ARCHITECTURE);
        };
    }

    /** Calls that nobody else has the function of: collections meanwhile leave its code where it is. */
    @ParameterizedTest
    @MethodSource("memories")
    void codeIsNotUnmappedUnderACall(CodeMemory memory) throws Exception {
        final Thread collector = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 10; i++) {
                System.gc();
            }
        });
        try (Arena arena = Arena.ofConfined()) {
            final long rounds = 20_000_000;
            final MemorySegment arguments = arena.allocateFrom(ValueLayout.JAVA_LONG, rounds);
            final MemorySegment dst = arena.allocate(ValueLayout.JAVA_LONG);
            do {
                dst.set(ValueLayout.JAVA_LONG, 0, 0);
                NativeFunction.place(rounds(), memory).call(arguments, arguments, arguments, dst);
                assertEquals(rounds, dst.get(ValueLayout.JAVA_LONG, 0));
            } while (collector.isAlive());
        } finally {
            collector.join();
        }
    }
}
