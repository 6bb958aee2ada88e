package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.DepthwiseF32Arguments;
import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;

/** Computes depthwise convolutions of images and filters in f32, in machine code that reads images where they lie off the heap. */
public final class F32NativeDepthwise extends DepthwiseCompute {
    private final NativeFunction tiles;
    private final int nr;
    private final int cachedFloats;
    private final ScratchPool pool = new ScratchPool();

    /**
     * Computes by machine code, of lines that fill their share of the second-level cache of {@code host}.
     *
     * @param tiles has the tiles of {@code family}
     */
    public F32NativeDepthwise(NativeFunction tiles, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.tiles = tiles;
        this.nr = family.layout().nr();
        this.cachedFloats = FloatRows.blockFloats(host, tuning);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        LhsFormat.AS_IT_LIES.require("src", lhs);
        ResultFormat.FLOATS.require("dst", dst);
    }

    /** What neighbours have in common is loaded once: a row of the kernel must be neighbours, and pixels near each other. */
    @Override
    SizePath path(Conv2dShape shape) {
        final boolean neighbours = shape.dilationWidth() == 1 && shape.strideWidth() <= 2;
        return neighbours && DepthwiseF32Arguments.TILE_WIDTHS.contains(shape.kernelWidth())
                ? SizePath.OWN
                : SizePath.GENERAL;
    }

    @Override
    String ownSizes() {
        return "kernels 3, 5 and 7 columns wide have code of their own where columns are neighbours, one or two apart for"
                + " neighbouring pixels";
    }

    @Override
    DepthwiseBlocks blocks(DepthwiseProduct whole) {
        final DepthwiseBlocks blocks = DepthwiseBlocks.of(whole, nr, DepthwiseF32Arguments.TILE_LINES, cachedFloats);
        F32DepthwiseScratch.of(whole, blocks, nr);
        return blocks;
    }

    @Override
    void run(DepthwiseProduct part, DepthwiseBlocks blocks) {
        final F32DepthwiseScratch scratch = F32DepthwiseScratch.of(part, blocks, nr);
        final MemorySegment memory = pool.borrow(scratch.bytes());
        new F32NativeDepthwisePass(part, blocks, scratch, memory, nr, tiles).run();
        pool.giveBack(memory);
    }
}
