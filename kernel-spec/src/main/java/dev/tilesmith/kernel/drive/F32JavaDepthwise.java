package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.tune.Tuning;

/** Computes depthwise convolutions of images and filters in f32 or narrower floats, by micro-kernels in Java. */
public final class F32JavaDepthwise extends DepthwiseCompute {
    private final LhsFormat lhsFormat;
    private final ResultFormat resultFormat;
    private final F32DepthwiseTiles tiles;
    private final int nr;
    private final int cachedFloats;

    /** Computes by {@code tiles}, those of {@code family}, of lines that fill their share of the second-level cache of {@code host}. */
    public F32JavaDepthwise(F32DepthwiseTiles tiles, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.lhsFormat = LhsFormat.of(family.lhs());
        this.resultFormat = ResultFormat.of(family.dst());
        this.tiles = tiles;
        this.nr = family.layout().nr();
        this.cachedFloats = FloatRows.blockFloats(host, tuning);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        lhsFormat.require("src", lhs);
        resultFormat.require("dst", dst);
    }

    /** Loops of Java are unrolled by values of a row, whatever the size. */
    @Override
    SizePath path(Conv2dShape shape) {
        return SizePath.GENERAL;
    }

    @Override
    String ownSizes() {
        return "no size has code of its own";
    }

    @Override
    DepthwiseBlocks blocks(DepthwiseProduct whole) {
        return DepthwiseBlocks.of(whole, nr, 1, cachedFloats);
    }

    @Override
    void run(DepthwiseProduct part, DepthwiseBlocks blocks) {
        final DepthwiseLines lines = new DepthwiseLines(part, blocks, nr, new F32Reader(lhsFormat));
        new JavaDepthwisePass(part, blocks, lines, new Rows(part.product()), nr).run();
    }

    /** Sums of pixels, finished by the family's code. */
    private final class Rows implements DepthwiseTileRows {
        private final Product product;
        private final F32Results results;
        private final float[] sums = new float[PIXELS * nr];

        Rows(Product product) {
            this.product = product;
            this.results = new F32Results(tiles, product, nr, resultFormat);
        }

        @Override
        public void compute(int panel, int row, int pixels, float[] src, int[] tapAt, int offset, int stride) {
            tiles.accumulate(
                    tapAt.length,
                    pixels,
                    src,
                    tapAt,
                    offset,
                    stride,
                    product.rhs().data(),
                    panel * product.rhs().panelBytes(),
                    sums);
            results.finish(panel, row, pixels, sums);
        }
    }
}
