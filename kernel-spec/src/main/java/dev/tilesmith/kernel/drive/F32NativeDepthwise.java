package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.kernel.memory.ScratchPool;
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

    @Override
    DepthwiseBlocks blocks(DepthwiseProduct whole) {
        final DepthwiseBlocks blocks = DepthwiseBlocks.of(whole, nr, cachedFloats);
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
