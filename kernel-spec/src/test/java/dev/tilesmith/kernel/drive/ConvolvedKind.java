package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.cpu.Cpu;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.drive.Cells.Elements;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.reference.Conv2dReference.Product;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.reference.StaticInt8Reference;
import dev.tilesmith.runtime.Conv2dKernel;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;
import java.util.List;
import java.util.SplittableRandom;

/** Kernels of some formats, of plain tiles, and what defines their products: one for each way that rows are read and padded. */
enum ConvolvedKind {
    FLOATS(Elements.FLOATS, Elements.FLOATS, Format.F32, Format.F32, Format.F32) {
        @Override
        Product reference(RunOptions options) {
            return (lhs, weights) -> Matrix.of(
                    F32Reference.multiply(lhs, weights, options.clampMin(), options.clampMax()),
                    lhs.rows(),
                    weights.n());
        }

        @Override
        Compute compute(PanelFamily family) {
            return new F32JavaCompute(new PlainTiles.OfFloats(), family, NO_CACHE, EAGER);
        }
    },
    HALVES(Elements.SHORTS, Elements.FLOATS, Format.F16, Format.F32, Format.F32) {
        @Override
        Product reference(RunOptions options) {
            return (lhs, weights) -> Matrix.of(
                    F32Reference.multiply(lhs, Halves.F16, weights, options.clampMin(), options.clampMax()),
                    lhs.rows(),
                    weights.n());
        }

        @Override
        Compute compute(PanelFamily family) {
            return new F32JavaCompute(new PlainTiles.OfFloats(), family, NO_CACHE, EAGER);
        }
    },
    QUANTIZED_ROWS(Elements.FLOATS, Elements.FLOATS, Format.QAI8DX, Format.QSI8CX, Format.F32) {
        @Override
        Product reference(RunOptions options) {
            return (lhs, weights) -> Matrix.of(
                    Int8Reference.multiply(lhs, weights, options.clampMin(), options.clampMax()),
                    lhs.rows(),
                    weights.n());
        }

        @Override
        Compute compute(PanelFamily family) {
            return new Int8JavaCompute(new PlainTiles.OfBytes(), family, NO_CACHE, EAGER);
        }
    },
    STATIC(Elements.BYTES, Elements.BYTES, Format.QAI8, Format.QSI8CX, Format.QAI8) {
        @Override
        Product reference(RunOptions options) {
            return (lhs, weights) -> Matrix.of(
                    StaticInt8Reference.multiply(lhs, weights, bound(options.clampMin()), bound(options.clampMax())),
                    lhs.rows(),
                    weights.n());
        }

        @Override
        Compute compute(PanelFamily family) {
            return new StaticInt8JavaCompute(new PlainTiles.OfBytes(), family, NO_CACHE, EAGER);
        }
    },
    SUMS(Elements.BYTES, Elements.INTS, Format.QAI8, Format.QSI8CX, Format.I32) {
        @Override
        Product reference(RunOptions options) {
            return (lhs, weights) -> Matrix.of(StaticInt8Reference.sums(lhs, weights), lhs.rows(), weights.n());
        }

        @Override
        Compute compute(PanelFamily family) {
            return new StaticInt8JavaCompute(new PlainTiles.OfBytes(), family, NO_CACHE, EAGER);
        }
    };

    /** A machine whose second-level cache holds a line, so that a block of rows is the tallest tile's. */
    static final Host NO_CACHE = withCache(64);

    /** Cuts the smallest work for threads, by rows and by columns; or by groups, where these are as many as threads. */
    static final Tuning EAGER = Tuning.of(Target.SCALAR)
            .with(Knob.WORTH_A_THREAD, Knob.WORTH_A_THREAD.least())
            .with(Knob.ROWS_THAT_HIDE_WEIGHTS, Knob.ROWS_THAT_HIDE_WEIGHTS.most())
            .with(Knob.PARTS_PER_THREAD, 1)
            .with(Knob.TILES_OF_A_PART, 1)
            .with(Knob.COLUMNS_OF_A_PART, 1);

    private static final int MOST_ROWS = 3;

    private final Elements src;
    private final Elements dst;
    private final Format lhsFormat;
    private final Format rhsFormat;
    private final Format dstFormat;

    ConvolvedKind(Elements src, Elements dst, Format lhsFormat, Format rhsFormat, Format dstFormat) {
        this.src = src;
        this.dst = dst;
        this.lhsFormat = lhsFormat;
        this.rhsFormat = rhsFormat;
        this.dstFormat = dstFormat;
    }

    private static Host withCache(int bytes) {
        final Cpu here = Host.current().cpu();
        final CacheSizes caches = new CacheSizes(bytes, bytes, 0, 64);
        return new Host(
                new Cpu(
                        here.name(),
                        here.signature(),
                        here.architecture(),
                        here.features(),
                        caches,
                        here.cores(),
                        here.streamingVectorBits(),
                        here.source()),
                Host.current().jvm());
    }

    /** What images are made of. */
    Elements src() {
        return src;
    }

    /** What results are made of. */
    Elements dst() {
        return dst;
    }

    /** What defines a product. */
    abstract Product reference(RunOptions options);

    abstract Compute compute(PanelFamily family);

    /** The bounds of results that are int8, which are whole. */
    private static int bound(float value) {
        return (int) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, value));
    }

    /** Whether results may be bounded. */
    boolean clamps() {
        return this != SUMS;
    }

    /** A kernel. */
    Conv2dKernel kernel() {
        return new DrivenConv2d(lineup(), clamps()) {};
    }

    /** Its family. */
    Lineup lineup() {
        final PanelLayout layout = new PanelLayout(rhsFormat, PlainTiles.NR, 1, true, dstFormat, 0);
        final PanelFamily family =
                new PanelFamily(dstFormat, lhsFormat, layout, Target.SCALAR, List.of(1, 2, MOST_ROWS));
        return Lineup.of(compute(family));
    }

    /** Filters of any values, either way round, with all that goes with them. */
    Weights filters(SplittableRandom random, Conv2dShape shape) {
        final int n = shape.outputChannels();
        final boolean rows = random.nextBoolean();
        final Elements elements = rhsFormat == Format.F32 ? Elements.FLOATS : Elements.BYTES;
        final Matrix values = rows ? elements.matrix(random, n, shape.k()) : elements.matrix(random, shape.k(), n);
        fill(values, random, 0);
        final Weights plain = rows ? Weights.nByK(values) : Weights.kByN(values);
        return switch (this) {
            case FLOATS, HALVES -> plain.withBias(floats(random, n));
            case QUANTIZED_ROWS -> plain.withScales(floats(random, n)).withBias(floats(random, n));
            case STATIC ->
                plain.withScales(floats(random, n))
                        .withIntBias(random.ints(n, -999, 999).toArray())
                        .requantized(new Requantization(0.02f, random.nextInt(-128, 128), 0.7f, random.nextInt(-9, 9)));
            case SUMS ->
                plain.withIntBias(random.ints(n, -999, 999).toArray())
                        .requantized(Requantization.ofSums(random.nextInt(-128, 128)));
        };
    }

    private static float[] floats(SplittableRandom random, int count) {
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /**
     * Fills all storage of a matrix with values.
     *
     * @param awkward how many of a thousand floats are not finite, or may round badly
     */
    static void fill(Matrix matrix, SplittableRandom random, int awkward) {
        for (int at = 0; at < Cells.size(matrix); at++) {
            final float value = random.nextInt(1000) < awkward
                    ? List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 1e9f)
                            .get(random.nextInt(5))
                    : random.nextFloat() - 0.5f;
            Cells.set(
                    matrix,
                    at,
                    switch (matrix) {
                        case Matrix.Floats _ -> Float.floatToRawIntBits(value);
                        case Matrix.Shorts _ -> Float.floatToFloat16(value);
                        case Matrix.Bytes _, Matrix.Ints _ -> random.nextInt();
                        case Matrix.Segment segment ->
                            switch (segment.elementBytes()) {
                                case 1 -> random.nextInt();
                                case Short.BYTES -> Float.floatToFloat16(value);
                                default -> Float.floatToRawIntBits(value);
                            };
                    });
        }
    }
}
