package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packing, by every family, from memory of every kind and into memory of every arena: what an arena gives that is not what
 * it was asked for is not written to, and memory that is closed meanwhile is named.
 */
final class PackingMemoryTest {
    private static final int N = 71;
    private static final byte CANARY = 0x5a;
    private static final Executor CALLER = Runnable::run;

    /** An arena that gives what it likes. */
    private record Giving(LongFunction<MemorySegment> memory, Arena arena) implements Arena {
        @Override
        public MemorySegment allocate(long byteSize, long byteAlignment) {
            return memory.apply(byteSize);
        }

        @Override
        public MemorySegment.Scope scope() {
            return arena.scope();
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    /** Weights that a family packs in Java, and those that it packs by machine code if it has any. */
    record Packed(Tested tested, Weights weights) {
        MatMulKernel kernel() {
            return tested.kernel();
        }

        /** The same weights in memory outside the heap. */
        Weights in(SegmentAllocator allocator) {
            final MemorySegment from = Element.storage(weights.values());
            final MemorySegment to = allocator.allocate(from.byteSize(), 64).copyFrom(from);
            final Matrix values = weights.values();
            final int bytes =
                    switch (values) {
                        case Matrix.Bytes _ -> Byte.BYTES;
                        case Matrix.Shorts _ -> Short.BYTES;
                        case Matrix.Floats _, Matrix.Ints _ -> Float.BYTES;
                        case Matrix.Segment segment -> segment.elementBytes();
                    };
            final Matrix copy =
                    new Matrix.Segment(to, bytes, values.offset(), values.rows(), values.columns(), values.rowStride());
            return switch (weights) {
                case PlainWeights given ->
                    new PlainWeights(copy, given.encoding(), given.orientation(), given.scales(), given.ends());
                case BlockWeights given -> new BlockWeights(copy, given.blocks(), given.ends());
            };
        }

        @Override
        public String toString() {
            return tested + (weights instanceof BlockWeights ? " of blocks" : "");
        }
    }

    static Stream<Packed> packed() {
        return Formats.all().flatMap(Tested::families).flatMap(tested -> {
            final FormatUnderTest format = tested.format();
            final Packed plain = new Packed(tested, format.weights(N, format.depth(100), Samples.ORDINARY));
            return Stream.concat(
                    Stream.of(plain),
                    blocks(tested.kernel()).map(blocks -> new Packed(tested, weights(blocks))).stream());
        });
    }

    static Stream<Packed> blocks() {
        return packed().filter(each -> each.weights() instanceof BlockWeights);
    }

    private static Optional<BlockLayout> blocks(MatMulKernel kernel) {
        return switch (PanelFamily.of(kernel.family()).layout().format()) {
            case QSI4C32 -> Optional.of(BlockLayout.Q4_0);
            case QAI4C32 -> Optional.of(BlockLayout.Q4_1);
            case QSI8D32 -> Optional.of(BlockLayout.Q8_0);
            default -> Optional.empty();
        };
    }

    /** Blocks of any values, whose scales are 1, so that every format has them. */
    private static Weights weights(BlockLayout blocks) {
        final int k = 160;
        final byte[] bytes = FormatUnderTest.bytes((int) (N * blocks.rowBytes(k)), 3);
        for (int at = 0; at < bytes.length; at += blocks.bytes()) {
            for (int half = 0; half < blocks.valuesAt(); half += Short.BYTES) {
                bytes[at + half] = 0;
                bytes[at + half + 1] = 0x3c;
            }
        }
        return Weights.ofBlocks(blocks, MemorySegment.ofArray(bytes), 0, N, k);
    }

    /** In a byte[], in a slice of one, and outside the heap. */
    @ParameterizedTest
    @MethodSource("packed")
    void packsFromArraysAndFromMemoryAlike(Packed packed) {
        final MemorySegment expected = packed.kernel().packRhs(packed.weights()).data();
        try (Arena arena = Arena.ofShared()) {
            final Weights outside = packed.in(arena);
            assertEquals(-1, expected.mismatch(packed.kernel().packRhs(outside).data()));
            assertEquals(
                    -1,
                    expected.mismatch(
                            packed.kernel().packRhs(outside, arena, CALLER, 3).data()));
            assertEquals(
                    -1,
                    expected.mismatch(packed.kernel()
                            .packRhs(packed.weights(), arena, CALLER, 3)
                            .data()));
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void packsBlocksFromASliceOfAnArray(Packed packed) {
        final BlockLayout blocks = ((BlockWeights) packed.weights()).blocks();
        final MemorySegment from = Element.storage(packed.weights().values());
        for (final int before : new int[] {0, 1, 7, 64}) {
            final MemorySegment slice = MemorySegment.ofArray(new byte[(int) from.byteSize() + before + 5])
                    .asSlice(before);
            final int offset = 3;
            slice.asSlice(offset).copyFrom(from);
            final PackedRhs actual = packed.kernel()
                    .packRhs(Weights.ofBlocks(
                            blocks, slice, offset, N, packed.weights().k()));
            assertEquals(
                    -1, packed.kernel().packRhs(packed.weights()).data().mismatch(actual.data()), packed::toString);
        }
    }

    /** Of what lies around what it gives, nothing is written; and nothing of it where it is refused. */
    @ParameterizedTest
    @MethodSource("packed")
    void anArenaThatGivesSomethingElseIsRefusedByName(Packed packed) {
        try (Arena arena = Arena.ofShared()) {
            final Weights weights = packed.in(arena);
            final long bytes = packed.kernel().packRhs(weights).data().byteSize();
            final MemorySegment memory = arena.allocate(bytes + 128, 64);
            assertRefused(
                    "arena: gave " + (bytes - 1) + " bytes; expected " + bytes,
                    packed,
                    weights,
                    memory,
                    size -> memory.asSlice(0, size - 1));
            assertRefused("arena: gave 0 bytes; expected " + bytes, packed, weights, memory, _ -> memory.asSlice(0, 0));
            assertRefused("expected a multiple of 64", packed, weights, memory, size -> memory.asSlice(32, size));
            assertRefused("arena: gave a read-only segment", packed, weights, memory, size -> memory.asSlice(0, size)
                    .asReadOnly());
            assertRefused(
                    "arena: gave a segment over a Java array",
                    packed,
                    weights,
                    memory,
                    size -> MemorySegment.ofArray(new byte[(int) size]));
            assertRefused("arena: confined to the calling thread", packed, weights, memory, size -> Arena.ofConfined()
                    .allocate(size, 64));
            final Arena closed = Arena.ofShared();
            final MemorySegment gone = closed.allocate(bytes, 64);
            closed.close();
            assertRefused("arena: its arena is closed", packed, weights, memory, _ -> gone);
            final MemorySegment both =
                    arena.allocate(bytes + Element.storage(weights.values()).byteSize(), 64);
            final Weights behind = packed.in(SegmentAllocator.prefixAllocator(both.asSlice((bytes - 64) / 64 * 64)));
            assertRefused(
                    "arena: gave memory that overlaps the weights",
                    packed,
                    behind,
                    memory,
                    size -> both.asSlice(0, size));
        }
    }

    private static void assertRefused(
            String message, Packed packed, Weights weights, MemorySegment memory, LongFunction<MemorySegment> giving) {
        memory.fill(CANARY);
        final IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> packed.kernel().packRhs(weights, new Giving(giving, Arena.ofAuto()), CALLER, 2),
                packed::toString);
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
        assertUntouched(memory, packed);
    }

    /** An arena that gives more has what it gives beyond left alone; what its memory held before is in no panel. */
    @ParameterizedTest
    @MethodSource("packed")
    void ofMoreMemoryTheRestIsLeftAlone(Packed packed) {
        final MemorySegment memory = Arena.ofAuto().allocate(1 << 20, 64).fill(CANARY);
        final PackedRhs expected = packed.kernel().packRhs(packed.weights());
        final long bytes = expected.data().byteSize();
        final PackedRhs actual =
                packed.kernel().packRhs(packed.weights(), new Giving(_ -> memory, Arena.ofAuto()), CALLER, 2);
        assertEquals(-1, expected.data().mismatch(actual.data()), packed::toString);
        assertUntouched(memory.asSlice(bytes), packed);
    }

    private static void assertUntouched(MemorySegment memory, Packed packed) {
        final byte[] canaries = new byte[(int) memory.byteSize()];
        Arrays.fill(canaries, CANARY);
        assertEquals(-1, memory.mismatch(MemorySegment.ofArray(canaries)), packed::toString);
    }

    /** By the executor, when one part has been handed out and none is done. */
    @ParameterizedTest
    @MethodSource("packed")
    void anArenaThatIsClosedMeanwhileIsNamed(Packed packed) {
        final Arena sources = Arena.ofShared();
        try (Arena open = Arena.ofShared()) {
            final Weights weights = packed.in(sources);
            assertClosed(
                    "weights: its arena was closed during the call; expected memory that is alive until it returns",
                    packed,
                    weights,
                    open,
                    sources);
        }
        final Arena panels = Arena.ofShared();
        assertClosed(
                "arena: closed during the call; expected one that is open until it returns",
                packed,
                packed.weights(),
                panels,
                panels);
    }

    private static void assertClosed(String message, Packed packed, Weights weights, Arena arena, Arena closed) {
        final Executor closing = task -> {
            closed.close();
            task.run();
        };
        assertEquals(
                message,
                assertThrows(
                                IllegalStateException.class,
                                () -> packed.kernel().packRhs(weights, arena, closing, 2),
                                packed::toString)
                        .getMessage());
    }
}
