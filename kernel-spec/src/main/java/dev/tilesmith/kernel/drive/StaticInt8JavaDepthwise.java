package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.tune.Tuning;
import java.util.Arrays;

/** Computes depthwise convolutions {@code QAI8 x QSI8CX} to {@code QAI8}, by micro-kernels in Java. */
public final class StaticInt8JavaDepthwise extends DepthwiseCompute {
    private final DepthwiseTiles tiles;
    private final int nr;
    private final int cachedFloats;

    /** Computes by {@code tiles}, those of {@code family}, of lines that fill their share of the second-level cache of {@code host}. */
    public StaticInt8JavaDepthwise(DepthwiseTiles tiles, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.tiles = tiles;
        this.nr = family.layout().nr();
        this.cachedFloats = FloatRows.blockFloats(host, tuning);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        ElementKind.requireBytes("src", lhs);
        family().layout().result().require("dst", dst);
    }

    @Override
    void checkOptions(RunOptions options) {
        Int8Bounds.check(family(), options);
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
        final DepthwiseLines lines = new DepthwiseLines(part, blocks, nr, new Int8Reader("src"));
        new JavaDepthwisePass(part, blocks, lines, new Rows(part), nr).run();
    }

    /** Sums of pixels, as integers: of so many taps at a time as binary32 sums exactly. */
    private final class Rows implements DepthwiseTileRows {
        private final Product product;
        private final StaticInt8Results results;
        private final float[] some = new float[PIXELS * nr];
        private final int[] sums = new int[PIXELS * nr];
        private int begun = -1;

        Rows(DepthwiseProduct part) {
            this.product = part.product();
            this.results = new StaticInt8Results(product, family());
        }

        @Override
        public void compute(int panel, int row, int pixels, float[] src, int[] tapAt, int offset, int stride) {
            if (panel != begun) {
                results.begin(panel);
                begun = panel;
            }
            Arrays.fill(sums, 0, pixels * nr, 0);
            for (int tap = 0; tap < tapAt.length; tap += Int8Tiles.K_BLOCK) {
                final int end = Math.min(tapAt.length, tap + Int8Tiles.K_BLOCK);
                final int[] at = end - tap == tapAt.length ? tapAt : Arrays.copyOfRange(tapAt, tap, end);
                tiles.accumulate(
                        at.length,
                        pixels,
                        src,
                        at,
                        offset,
                        stride,
                        product.rhs().data(),
                        panel * product.rhs().panelBytes() + (long) tap * nr,
                        some);
                for (int i = 0; i < pixels * nr; i++) {
                    sums[i] += (int) some[i];
                }
            }
            for (int i = 0; i < pixels; i++) {
                results.finish(sums, i * nr);
                results.store(panel, row + i);
            }
        }
    }
}
