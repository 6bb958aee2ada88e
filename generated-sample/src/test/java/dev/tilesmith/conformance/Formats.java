package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Weights.Halves;
import java.util.List;
import java.util.stream.Stream;

/** The formats under test, each in all of its kinds. */
public final class Formats {
    static final List<FormatUnderTest> F32 = List.of(new F32Format(false), new F32Format(true));

    static final List<FormatUnderTest> HALVES = List.of(
            new HalfFormat(Halves.F16, false),
            new HalfFormat(Halves.F16, true),
            new HalfFormat(Halves.BF16, false),
            new HalfFormat(Halves.BF16, true));

    static final List<FormatUnderTest> HALF_ROWS = List.of(
            new HalfRowsFormat(Halves.F16, false),
            new HalfRowsFormat(Halves.F16, true),
            new HalfRowsFormat(Halves.BF16, false),
            new HalfRowsFormat(Halves.BF16, true));

    static final List<FormatUnderTest> HALF_RESULTS = List.of(
            new HalfResultsFormat(Halves.F16, false),
            new HalfResultsFormat(Halves.F16, true),
            new HalfResultsFormat(Halves.BF16, false),
            new HalfResultsFormat(Halves.BF16, true));

    /** By sums in orders of targets' own, which have the reference's bits of such operands alone. */
    static final List<FormatUnderTest> FAST = List.of(new FastFormat(false), new FastFormat(true));

    static final List<FormatUnderTest> INT8 = List.of(new Int8Format(false), new Int8Format(true));

    /** Of rows that are quantized as they come, those with results of 16 bits. */
    static final List<FormatUnderTest> ROUNDED = List.of(
            new RoundedFormat(new Int8Format(false), Halves.F16, Int8ToF16KernelKernels.table()),
            new RoundedFormat(new Int8Format(true), Halves.BF16, Int8ToBf16BareKernelKernels.table()),
            new RoundedFormat(new Int4Format(Int4Format.Kind.CHANNELS), Halves.F16, Int4ToF16KernelKernels.table()),
            new RoundedFormat(new Int4Format(Int4Format.Kind.CHANNELS), Halves.BF16, Int4ToBf16KernelKernels.table()),
            new RoundedFormat(new Int4Format(Int4Format.Kind.BLOCKS), Halves.F16, Int4BlockToF16KernelKernels.table()),
            new RoundedFormat(
                    new Int4Format(Int4Format.Kind.BLOCKS), Halves.BF16, Int4BlockToBf16KernelKernels.table()));

    static final List<FormatUnderTest> STATIC_INT8 = List.of(
            new StaticInt8Format(StaticInt8Format.Kind.INT8),
            new StaticInt8Format(StaticInt8Format.Kind.BARE_INT8),
            new StaticInt8Format(StaticInt8Format.Kind.SUMS));

    static final List<FormatUnderTest> STATIC_INT4 = List.of(
            new StaticInt8Format(StaticInt8Format.Kind.INT4), new StaticInt8Format(StaticInt8Format.Kind.BARE_INT4));

    static final List<FormatUnderTest> INT4 = List.of(
            new Int4Format(Int4Format.Kind.CHANNELS),
            new Int4Format(Int4Format.Kind.BLOCKS),
            new Int4Format(Int4Format.Kind.BARE_BLOCKS));

    static final List<FormatUnderTest> TWO_BITS = List.of(new TwoBitFormat(false), new TwoBitFormat(true));

    static final List<FormatUnderTest> PAIRED = List.of(
            new PairedFormat(PairedFormat.Kind.INT4),
            new PairedFormat(PairedFormat.Kind.BARE_INT4),
            new PairedFormat(PairedFormat.Kind.INT4_WITH_MINS),
            new PairedFormat(PairedFormat.Kind.INT8));

    private Formats() {}

    /** Those whose machine code is no other's. */
    static Stream<FormatUnderTest> ofOwnCode() {
        return all().filter(format -> format.sameCode().isEmpty());
    }

    /** Every format in every kind whose results are the reference's, whatever the operands. */
    public static Stream<FormatUnderTest> all() {
        return Stream.of(
                        F32,
                        HALVES,
                        HALF_ROWS,
                        HALF_RESULTS,
                        INT8,
                        STATIC_INT8,
                        INT4,
                        STATIC_INT4,
                        TWO_BITS,
                        PAIRED,
                        ROUNDED)
                .flatMap(List::stream);
    }
}
