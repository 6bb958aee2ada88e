package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.drive.Cells.Elements;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.reference.Conv2dReference.Product;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.DepthwiseConv2dKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.SplittableRandom;

/** Depthwise kernels of some formats, of plain tiles, and what defines their results: one for each way that pixels are read and written. */
enum DepthwiseKind {
    FLOATS(Elements.FLOATS, Elements.FLOATS, Format.F32, Format.F32) {
        @Override
        Product reference(RunOptions options) {
            return (lhs, weights) -> Matrix.of(
                    F32Reference.multiply(lhs, weights, options.clampMin(), options.clampMax()),
                    lhs.rows(),
                    weights.n());
        }
    },
    HALVES(Elements.SHORTS, Elements.FLOATS, Format.F16, Format.F32) {
        @Override
        Product reference(RunOptions options) {
            return (lhs, weights) -> Matrix.of(
                    F32Reference.multiply(lhs, Halves.F16, weights, options.clampMin(), options.clampMax()),
                    lhs.rows(),
                    weights.n());
        }
    },
    ROUNDED(Elements.SHORTS, Elements.SHORTS, Format.BF16, Format.BF16) {
        @Override
        Product reference(RunOptions options) {
            return (lhs, weights) -> Matrix.of(
                    F32Reference.multiplyRounded(lhs, Halves.BF16, weights, options.clampMin(), options.clampMax()),
                    lhs.rows(),
                    weights.n());
        }
    },
    STATIC(Elements.BYTES, Elements.BYTES, Format.QAI8, Format.QAI8) {
        @Override
        Product reference(RunOptions options) {
            return ConvolvedKind.STATIC.reference(options);
        }

        @Override
        Lineup lineup(Host host) {
            final PanelLayout layout = new PanelLayout(Format.QSI8CX, PlainTiles.NR, 1, true, Format.QAI8, 0);
            final PanelFamily family = new PanelFamily(Format.QAI8, Format.QAI8, layout, Target.SCALAR, List.of(1));
            return Lineup.of(
                    new StaticInt8JavaDepthwise(new PlainTiles.OfByteTaps(), family, host, ConvolvedKind.EAGER));
        }

        @Override
        Weights filters(SplittableRandom random, Conv2dShape shape) {
            return ConvolvedKind.STATIC.filters(random, shape);
        }
    };

    private final Elements src;
    private final Elements dst;
    private final Format lhsFormat;
    private final Format dstFormat;

    DepthwiseKind(Elements src, Elements dst, Format lhsFormat, Format dstFormat) {
        this.src = src;
        this.dst = dst;
        this.lhsFormat = lhsFormat;
        this.dstFormat = dstFormat;
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

    /** A kernel on a machine, whose caches say how much of an image is copied at a time. */
    DepthwiseConv2dKernel kernel(Host host) {
        return new DrivenDepthwiseConv2d(lineup(host), true) {};
    }

    /** Its family. */
    Lineup lineup(Host host) {
        final PanelLayout layout = new PanelLayout(Format.F32, PlainTiles.NR, 1, true);
        final PanelFamily family = new PanelFamily(dstFormat, lhsFormat, layout, Target.SCALAR, List.of(1));
        return Lineup.of(new F32JavaDepthwise(new PlainTiles.OfTaps(), family, host, ConvolvedKind.EAGER));
    }

    /** Filters of any values, either way round, with all that goes with them. */
    Weights filters(SplittableRandom random, Conv2dShape shape) {
        final int n = shape.outputChannels();
        final boolean rows = random.nextBoolean();
        final Matrix values =
                rows ? Elements.FLOATS.matrix(random, n, shape.k()) : Elements.FLOATS.matrix(random, shape.k(), n);
        ConvolvedKind.fill(values, random, random.nextInt(3) == 0 ? 20 : 0);
        final float[] bias = new float[n];
        for (int i = 0; i < n; i++) {
            bias[i] = random.nextFloat() - 0.5f;
        }
        return (rows ? Weights.nByK(values) : Weights.kByN(values)).withBias(bias);
    }
}
