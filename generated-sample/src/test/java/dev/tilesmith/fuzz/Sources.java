package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Depth;
import dev.tilesmith.conformance.Element;
import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Function;

/** Makes weights for a kernel in every form that it takes: as f32, quantized, or in blocks; either way round; anywhere. */
final class Sources {
    private static final Values[] TO_QUANTIZE = {Values.ORDINARY, Values.ORDINARY, Values.WHOLE, Values.FINITE};

    private final Draw draw;
    private final Oracle oracle;
    private final Memory memory;
    private final Subject subject;

    Sources(Draw draw, Oracle oracle, Memory memory, Subject subject) {
        this.draw = draw;
        this.oracle = oracle;
        this.memory = memory;
        this.subject = subject;
    }

    /** Weights of n channels. */
    Source make(int n, Depth depth) {
        final Source bare =
                switch (subject.layout().format()) {
                    case F32 -> floats(n, depth.k(), draw.of(Values.values()));
                    case F16 -> halves(n, depth.k(), Halves.F16);
                    case BF16 -> halves(n, depth.k(), Halves.BF16);
                    case QSI8CX -> int8(n, depth.k());
                    case QSI4CX -> int4OfChannels(n, depth.k());
                    case QSU2CX -> twoBits(n, depth.k());
                    case QSI4C32, QAI4C32, QSI8D32 -> inBlocks(n, depth);
                    case QAI8, QAI8DX, I32 ->
                        throw new IllegalStateException(
                                "weights in " + subject.layout().format());
                };
        return finished(bare, n);
    }

    private Source finished(Source bare, int n) {
        Source source = bare;
        if (subject.isStatic() && !(subject.sums() && draw.oneIn(2))) {
            final Requantization given = subject.sums()
                    ? Requantization.ofSums(draw.between(-128, 127))
                    : new Requantization(
                            (float) draw.real(0.01, 2),
                            draw.between(-128, 127),
                            (float) draw.real(0.01, 300),
                            draw.between(-128, 127));
            source = source.with(weights -> weights.requantized(given));
        }
        if (subject.layout().bias() && draw.oneIn(2)) {
            if (subject.isStatic()) {
                final int[] bias = new int[n];
                for (int i = 0; i < n; i++) {
                    bias[i] = draw.between(-9000, 9000);
                }
                source = source.with(weights -> weights.withIntBias(bias));
            } else {
                final float[] bias = draw.floats(n, draw.of(Values.values()));
                source = source.with(weights -> weights.withBias(bias));
            }
        }
        return source;
    }

    private Source floats(int n, int k, Values values) {
        final float[] dense = draw.floats(n * k, draw.note("weights", values));
        return placed(
                Element.F32,
                n,
                k,
                MemorySegment.ofArray(dense),
                columns -> Matrix.of(dense, columns ? k : n, columns ? n : k));
    }

    /** Values that 16 bits have: given as f32s, they are rounded to themselves. */
    private Source halves(int n, int k, Halves halves) {
        final boolean columns = draw.note("k by n", draw.oneIn(3));
        final int rows = columns ? k : n;
        final int width = columns ? n : k;
        final float[] floats = draw.floats(n * k, draw.note("weights", draw.of(Values.values())));
        final short[] bits = new short[n * k];
        for (int i = 0; i < n * k; i++) {
            bits[i] = halves.round(floats[i]);
            floats[i] = halves.widen(bits[i]);
        }
        final Operand operand = memory.place("weights", false, Element.F32, rows, width, MemorySegment.ofArray(floats));
        final Matrix plain = Matrix.of(bits, rows, width);
        return columns
                ? new Source(
                        Weights.kByN(plain, halves),
                        () -> Weights.kByN(operand.view().get()))
                : new Source(
                        Weights.nByK(plain, halves),
                        () -> Weights.nByK(operand.view().get()));
    }

    /** Weights to be quantized, of which one may not be finite. */
    private Source toQuantize(int n, int k) {
        final Values values = draw.note("weights", draw.of(TO_QUANTIZE));
        final float[] dense = draw.floats(n * k, values);
        if (values == Values.FINITE && subject.layout().pairsBlocks()) {
            oracle.doubt("weights", "binary16");
            oracle.doubt("weights", "finite");
        }
        if (dense.length > 0 && draw.oneIn(30)) {
            final float bad = draw.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
            dense[draw.below(dense.length)] = bad;
            oracle.fault("weights", "");
        }
        return placed(
                Element.F32,
                n,
                k,
                MemorySegment.ofArray(dense),
                columns -> Matrix.of(dense, columns ? k : n, columns ? n : k));
    }

    /** Elements in rows of channels, or of what is along K; {@code plain} has them dense, in columns of channels or not. */
    private Source placed(Element element, int n, int k, MemorySegment dense, Function<Boolean, Matrix> plain) {
        final boolean columns = draw.note("k by n", draw.oneIn(3));
        final Operand operand = memory.place("weights", false, element, columns ? k : n, columns ? n : k, dense);
        return columns
                ? new Source(
                        Weights.kByN(plain.apply(true)),
                        () -> Weights.kByN(operand.view().get()))
                : new Source(
                        Weights.nByK(plain.apply(false)),
                        () -> Weights.nByK(operand.view().get()));
    }

    private Source int8(int n, int k) {
        if (!subject.sums() && draw.oneIn(3)) {
            return toQuantize(n, k);
        }
        final Source bytes = bytes(n, k);
        return subject.sums() ? bytes : withScales(bytes, n);
    }

    private Source bytes(int n, int k) {
        final byte[] dense = draw.bytes(n * k);
        return placed(
                Element.I8,
                n,
                k,
                MemorySegment.ofArray(dense),
                columns -> Matrix.of(dense, columns ? k : n, columns ? n : k));
    }

    private Source withScales(Source source, int n) {
        final float[] scales = scales(draw.oneIn(3) ? 1 : n);
        return source.with(weights -> weights.withScales(scales));
    }

    /** Of a static product, such that results fill int8. */
    private float[] scales(int count) {
        if (!subject.isStatic()) {
            return draw.floats(count, draw.of(Values.ORDINARY, Values.WHOLE, Values.FINITE));
        }
        final float[] scales = new float[count];
        for (int i = 0; i < count; i++) {
            scales[i] = (float) draw.real(0.0001, 1);
        }
        return scales;
    }

    private Source int4OfChannels(int n, int k) {
        return draw.oneIn(3) ? toQuantize(n, k) : withScales(nibbles(n, k, draw.of(0, 8)), n);
    }

    private Source nibbles(int n, int k, int zeroPoint) {
        final boolean columns = draw.note("k by n", draw.oneIn(3));
        final int width = Math.ceilDiv(columns ? n : k, 2);
        final int rows = columns ? k : n;
        final byte[] dense = draw.bytes(rows * width);
        final Operand operand = memory.place("weights", false, Element.I8, rows, width, MemorySegment.ofArray(dense));
        final Weights.Nibbles nibbles = new Weights.Nibbles(columns ? n : k, zeroPoint);
        final Matrix plain = Matrix.of(dense, rows, width);
        return columns
                ? new Source(
                        Weights.kByN(plain, nibbles),
                        () -> Weights.kByN(operand.view().get(), nibbles))
                : new Source(
                        Weights.nByK(plain, nibbles),
                        () -> Weights.nByK(operand.view().get(), nibbles));
    }

    private Source twoBits(int n, int k) {
        final boolean columns = draw.note("k by n", draw.oneIn(3));
        final int width = Math.ceilDiv(columns ? n : k, 4);
        final int rows = columns ? k : n;
        final byte[] dense = draw.bytes(rows * width);
        final Operand operand = memory.place("weights", false, Element.I8, rows, width, MemorySegment.ofArray(dense));
        final List<Integer> table = draw.oneIn(4)
                ? List.of(-2, -1, 0, 1)
                : List.of(
                        draw.between(-128, 127), draw.between(-128, 127), draw.between(-128, 127), draw.between(-9, 9));
        final Weights.Codes codes = new Weights.Codes(columns ? n : k, table);
        final Matrix plain = Matrix.of(dense, rows, width);
        final Source source = columns
                ? new Source(
                        Weights.kByN(plain, codes),
                        () -> Weights.kByN(operand.view().get(), codes))
                : new Source(
                        Weights.nByK(plain, codes),
                        () -> Weights.nByK(operand.view().get(), codes));
        return withScales(source, n);
    }

    private Source inBlocks(int n, Depth depth) {
        if (draw.oneIn(3)) {
            final Source floats = toQuantize(n, depth.k());
            final boolean said = depth.blockLength() != 32 || draw.oneIn(2);
            return said ? floats.with(weights -> weights.inBlocksOf(depth.blockLength())) : floats;
        }
        if (depth.blockLength() == 32 && draw.oneIn(3)) {
            return asInAFile(n, depth.k());
        }
        final Format format = subject.layout().format();
        final int count = n * depth.count();
        final Source bare = format == Format.QSI8D32
                ? bytes(n, depth.k())
                : nibbles(n, depth.k(), subject.layout().hasMins() ? 0 : draw.of(0, 8));
        final float[] scales = blockScales(count);
        final Source scaled = bare.with(weights -> weights.withBlockScales(depth.blockLength(), scales));
        final float[] mins = blockScales(count);
        return subject.layout().hasMins() ? scaled.with(weights -> weights.withBlockMins(mins)) : scaled;
    }

    /** Scales that the layout's format has. */
    private float[] blockScales(int count) {
        final float[] scales = draw.floats(count, draw.of(Values.ORDINARY, Values.WHOLE, Values.FINITE));
        for (int i = 0; i < count; i++) {
            scales[i] = rounded(scales[i]);
        }
        return scales;
    }

    private float rounded(float scale) {
        final float nearest =
                switch (subject.layout().scales()) {
                    case BF16 -> Bf16.toFloat(Bf16.round(scale));
                    case F16 -> Float.float16ToFloat(Float.floatToFloat16(scale));
                    default -> scale;
                };
        return Float.isFinite(nearest) ? nearest : 1f;
    }

    /** ggml's blocks, which hold their scales in F16. */
    private Source asInAFile(int n, int k) {
        final BlockLayout layout =
                switch (subject.layout().format()) {
                    case QAI4C32 -> BlockLayout.Q4_1;
                    case QSI8D32 -> BlockLayout.Q8_0;
                    default -> BlockLayout.Q4_0;
                };
        draw.note("blocks", layout);
        final int width = (int) layout.rowBytes(k);
        final MemorySegment dense = memory.arena().allocate((long) n * width);
        dense.copyFrom(MemorySegment.ofArray(draw.bytes(n * width)));
        for (long at = 0; at < dense.byteSize(); at += layout.bytes()) {
            putF16(dense, at);
            if (layout.hasMin()) {
                putF16(dense, at + Short.BYTES);
            }
        }
        final Operand operand = memory.place("weights", false, Element.I8, n, width, dense);
        final Weights plain = subject.layout().pairsBlocks()
                ? Weights.nByK(Matrix.ofBytes(dense, n, width), layout)
                : apart(layout, dense, n, k);
        return new Source(plain, true, () -> Weights.nByK(operand.view().get(), layout));
    }

    /** The values of blocks and their scales, each for itself. */
    private static Weights apart(BlockLayout layout, MemorySegment dense, int n, int k) {
        final byte[] nibbles = new byte[n * k / 2];
        final float[] scales = new float[n * k / BlockLayout.LENGTH];
        for (int i = 0; i < n * k; i++) {
            final long block = (long) i / BlockLayout.LENGTH * layout.bytes();
            final int bits = layout.value(dense, block, i % BlockLayout.LENGTH) + layout.zeroPoint();
            nibbles[i / 2] |= (byte) (bits << (i % 2 * 4));
            scales[i / BlockLayout.LENGTH] = layout.scale(dense, block);
        }
        return Weights.nByK(Matrix.of(nibbles, n, k / 2), new Weights.Nibbles(k, layout.zeroPoint()))
                .withBlockScales(BlockLayout.LENGTH, scales);
    }

    /** A scale that F16 and the layout's format both have. */
    private void putF16(MemorySegment data, long at) {
        final float half = Float.float16ToFloat(Float.floatToFloat16((float) draw.real(-2, 2)));
        final float both = Float.float16ToFloat(Float.floatToFloat16(rounded(half)));
        data.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Float.floatToFloat16(rounded(both) == both ? both : 0.5f));
    }
}
