package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;

/** Computes depthwise convolutions {@code QAI8 x QSI8CX} to {@code QAI8} in machine code, by dot products of columns. */
public final class StaticInt8NativeDepthwise extends DepthwiseCompute {
    private final NativeFunction tiles;
    private final NativeFunction lines;
    private final int nr;
    private final long cachedBytes;
    private final ScratchPool pool = new ScratchPool();

    /**
     * Computes by machine code, of lines that fill their share of the second-level cache of {@code host}.
     *
     * @param tiles has the tiles of {@code family}
     * @param lines lays lines of images as these multiply them
     */
    public StaticInt8NativeDepthwise(
            NativeFunction tiles, NativeFunction lines, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.tiles = tiles;
        this.lines = lines;
        this.nr = family.layout().nr();
        this.cachedBytes = LhsShare.bytes(host, tuning);
    }

    @Override
    Weights filters(Conv2dShape shape, Weights given) {
        return SpreadFilters.of(shape, given);
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

    /** Code goes by rows, and by groups of columns: 5 x 6 is computed as 5 x 5 is. */
    @Override
    SizePath path(Conv2dShape shape) {
        final boolean own = DepthwiseInt8Arguments.OWN_SIZES.contains(shape.kernelHeight())
                && DepthwiseGroups.ofPixel(shape) == DepthwiseGroups.ofPixel(square(shape.kernelHeight()));
        return own ? SizePath.OWN : SizePath.GENERAL;
    }

    private static Conv2dShape square(int size) {
        return Conv2dShape.depthwise(1, size, size);
    }

    @Override
    String ownSizes() {
        return "3 x 3, 5 x 5 and 7 x 7 have code of their own";
    }

    @Override
    DepthwiseBlocks blocks(DepthwiseProduct whole) {
        final DepthwiseBlocks blocks = DepthwiseBlocks.ofGroups(whole, nr, cachedBytes);
        Int8DepthwiseScratch.of(whole, blocks, nr);
        return blocks;
    }

    @Override
    void run(DepthwiseProduct part, DepthwiseBlocks blocks) {
        final Int8DepthwiseScratch scratch = Int8DepthwiseScratch.of(part, blocks, nr);
        final MemorySegment memory = pool.borrow(scratch.bytes());
        new Int8NativeDepthwisePass(part, blocks, scratch, memory, family(), lines, tiles).run();
        pool.giveBack(memory);
    }
}
