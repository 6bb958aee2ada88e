package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.drive.Compute;
import dev.tilesmith.kernel.drive.DrivenKernel;
import dev.tilesmith.kernel.drive.F32NativeCompute;
import dev.tilesmith.kernel.drive.Lineup;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Code for SME, at the length of streaming vectors that the emulated CPU was given: runs on Arm JVMs, in executions of
 * their own, one for each length. {@link ArmTargetsCheck} asserts where there are such families at all.
 */
final class ArmStreamingCheck {
    private static final String LENGTH = "sme-default-vector-length=";
    private static final int NR = 64;

    /** Steps around those that are taken together. */
    private static final int[] DEPTHS = {0, 1, 4, 7, 18};

    /** No block, one and several. */
    private static final List<Depth> BLOCKS =
            List.of(new Depth(32, 32), new Depth(96, 32), new Depth(128, 64), new Depth(0, 32), new Depth(64, 64));

    /** Values of a row that takes more than five eighths of as many bytes of cache. */
    private static final int BLOCKED_K = 1024;

    private final Execution execution = new Execution();
    private final int bits = Host.current().cpu().streamingVectorBits();

    /** Families of the kernels of each format that have tiles of the default plan. */
    private static Stream<Tested> tested() {
        return Stream.of(
                        new F32Format(false),
                        new FastFormat(false),
                        new ActivatedFormat(new F32Format(false), Activation.GELU, GeluKernelKernels.table()),
                        new Int8Format(false),
                        new Int4Format(Int4Format.Kind.CHANNELS),
                        new Int4Format(Int4Format.Kind.BLOCKS),
                        new Int4Format(Int4Format.Kind.BARE_BLOCKS),
                        new PairedFormat(PairedFormat.Kind.INT4),
                        new PairedFormat(PairedFormat.Kind.INT4_WITH_MINS),
                        new PairedFormat(PairedFormat.Kind.INT8),
                        new TwoBitFormat(false),
                        new StaticInt8Format(StaticInt8Format.Kind.INT4),
                        new StaticInt8Format(StaticInt8Format.Kind.INT8),
                        new StaticInt8Format(StaticInt8Format.Kind.SUMS))
                .flatMap(format -> Families.of(format.tables().getFirst())
                        .filter(kernel -> streams(kernel.family().target()))
                        .map(kernel -> Tested.of(format, kernel)));
    }

    private static List<MatMulKernel> kernels() {
        return tested().map(Tested::kernel).toList();
    }

    private static boolean streams(Target target) {
        return target == Target.SME || target == Target.SME2;
    }

    @Test
    void thisIsTheLengthThatWasAskedFor() {
        final String cpu = System.getenv("ARM_CPU");
        final int at = cpu.indexOf(LENGTH);
        final int expected = at < 0 ? bits : Integer.parseInt(cpu.substring(at + LENGTH.length())) * Byte.SIZE;
        assertEquals(expected, bits);
    }

    /** Rows and columns around one, two and four vectors, and around a group and a panel. */
    @Test
    void givesTheBitsOfTheReferenceAroundVectors() {
        final Map<FormatUnderTest, Corners> corners = new HashMap<>();
        tested().forEach(tested -> {
            final Corners products =
                    corners.computeIfAbsent(tested.format(), format -> new Corners(format, 40, NR + 1));
            final PanelLayout layout = PanelFamily.of(tested.kernel().family()).layout();
            final boolean few = layout.weights().stored().sharesBytes() || layout.hasBlocks();
            for (final int m : few ? fewRowsAroundVectors() : rowsAroundVectors()) {
                for (final int n : columnsAroundVectors()) {
                    check(tested, products, m, n);
                }
            }
        });
    }

    private void check(Tested tested, Corners products, int m, int n) {
        final FormatUnderTest format = tested.format();
        final Depth depth = format.depth(1).hasBlocks()
                ? blocks(format).get((m + n) % blocks(format).size())
                : format.depth(DEPTHS[(m + n) % DEPTHS.length]);
        final List<Samples> samples = format.samples();
        for (final Bounds bounds : Stream.concat(
                        Stream.of(Bounds.NONE), format.bounds().stream().limit(1))
                .toList()) {
            final Case wanted = products.of(m, n, depth, samples.get((m + n) % samples.size()), bounds);
            final PackedRhs packed = tested.kernel().packRhs(wanted.weights());
            for (final Placement placement : List.of(Placement.BEFORE_A_GUARD, Placement.BEHIND_A_GUARD)) {
                execution.check(tested.kernel(), wanted, packed, placement);
            }
        }
    }

    private static List<Depth> blocks(FormatUnderTest format) {
        return format instanceof PairedFormat
                ? BLOCKS.stream().filter(depth -> depth.blockLength() == 32).toList()
                : BLOCKS;
    }

    private int[] rowsAroundVectors() {
        final int lanes = bits / Integer.SIZE;
        return IntStream.of(1, lanes - 1, lanes, lanes + 1, 2 * lanes + 1, 32, 33)
                .filter(size -> size > 0 && size <= 40)
                .distinct()
                .toArray();
    }

    /** For weights of four bits, of two, or in blocks: a row is a row to their tiles as to int8's. */
    private int[] fewRowsAroundVectors() {
        return IntStream.of(rowsAroundVectors())
                .filter(m -> m == 1 || m == 33 || m == bits / Integer.SIZE + 1)
                .toArray();
    }

    private int[] columnsAroundVectors() {
        return IntStream.concat(IntStream.of(rowsAroundVectors()), IntStream.of(63, 64, 65))
                .toArray();
    }

    /**
     * Blocks of K go on from what the result holds: in outer products of many rows and of few, and in one row. How long
     * they are goes by the second-level cache, so kernels are told that it is small.
     */
    @Test
    void continuesSumsOfEarlierBlocks() throws CodeRefusedException {
        for (final Tested tested : tested().toList()) {
            final MatMulKernel kernel = tested.kernel();
            if (kernel.family().lhs() == Format.F32) {
                final MatMulKernel small = new SmallCacheKernel(new F32NativeCompute(
                        GeneratedCode.CODE.of(kernel).function(),
                        PanelFamily.of(kernel.family()),
                        smallCache(),
                        Tuning.of(kernel.family().target())));
                for (final int m : new int[] {1, 3, 37}) {
                    final Case wanted =
                            Case.of(tested.format(), m, 5, Depth.of(BLOCKED_K), Samples.ORDINARY, Bounds.NONE);
                    final PackedRhs packed = small.packRhs(wanted.weights());
                    execution.check(small, wanted, packed, Placement.BEFORE_A_GUARD);
                    execution.check(small, wanted, packed, Placement.BEHIND_A_GUARD);
                }
            }
        }
    }

    /** A kernel made for another host than this. */
    private static final class SmallCacheKernel extends DrivenKernel {
        SmallCacheKernel(Compute compute) {
            super(Lineup.of(compute), true);
        }
    }

    /** This host with a second-level cache that no row of {@link #BLOCKED_K} floats fits. */
    private static Host smallCache() {
        final Cpu cpu = Host.current().cpu();
        final CacheSizes caches = cpu.caches();
        return new Host(
                new Cpu(
                        cpu.name(),
                        cpu.signature(),
                        cpu.architecture(),
                        cpu.features(),
                        new CacheSizes(caches.l1d(), BLOCKED_K * Float.BYTES, caches.l3(), caches.line()),
                        cpu.cores(),
                        cpu.streamingVectorBits(),
                        cpu.source()),
                Host.current().jvm());
    }

    /** A product that the code at {@code kernel} can be called for directly. */
    private static MemorySegment arguments(Arena arena, int rows) {
        final MemorySegment arguments = CalleeSavedTest.arguments(arena, rows, NR);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.LHS_OFFSET, 0);
        final MemorySegment packed = arena.allocate(rows * 3L * Float.BYTES, 64);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.PACKED_LHS, packed.address());
        return arguments;
    }

    @Test
    void leavesStreamingModeAndZaOff() throws CodeRefusedException {
        for (final MatMulKernel kernel : kernels()) {
            for (final int rows : new int[] {1, 5, 32}) {
                try (Arena arena = Arena.ofConfined()) {
                    final ArmStreamingCaller.Left left = new ArmStreamingCaller()
                            .call(
                                    GeneratedCode.CODE.of(kernel).function(),
                                    arguments(arena, rows),
                                    arena.allocate(1 << 17, 64));
                    assertEquals(new ArmStreamingCaller.Left(0, 0), left, kernel + " of " + rows + " rows");
                }
            }
        }
    }

    @Test
    void savesWhatACallerHasLeftInZa() throws CodeRefusedException {
        final int vector = bits / Byte.SIZE;
        final byte[] content = new byte[vector * vector];
        new SplittableRandom(7).nextBytes(content);
        for (final MatMulKernel kernel : kernels()) {
            for (final int slices : List.of(0, 1, vector)) {
                assertArrayEquals(
                        expected(content, slices * vector), saved(kernel, content, slices), kernel + " " + slices);
            }
        }
    }

    private static byte[] expected(byte[] content, int length) {
        final byte[] expected = new byte[content.length];
        System.arraycopy(content, 0, expected, 0, length);
        return expected;
    }

    /** What lies where the block of a lazy save points to, after a call. */
    private static byte[] saved(MatMulKernel kernel, byte[] content, int slices) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment buffer = arena.allocate(content.length, 16);
            final MemorySegment block = arena.allocate(16, 16);
            block.set(ValueLayout.ADDRESS, 0, buffer);
            block.set(ValueLayout.JAVA_SHORT, 8, (short) slices);
            final MemorySegment inZa = arena.allocate(content.length, 16);
            inZa.copyFrom(MemorySegment.ofArray(content));
            final ArmStreamingCaller.Left left = new ArmStreamingCaller()
                    .call(
                            GeneratedCode.CODE.of(kernel).function(),
                            arguments(arena, 5),
                            arena.allocate(1 << 17, 64),
                            inZa,
                            block);
            assertEquals(new ArmStreamingCaller.Left(0, 0), left, kernel + " of a caller with " + slices + " slices");
            return buffer.toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
