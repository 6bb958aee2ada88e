package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.HalfElements;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Makes results of the sums of a panel, and stores them: straight away where all of its columns are wanted as they are, else by
 * way of where the sums were. One thread's.
 */
final class F32Results {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final F32Finish tiles;
    private final Product product;
    private final int nr;
    private final Optional<Narrowing> narrowing;

    /**
     * Those of a product.
     *
     * @param tiles what finishes them
     * @param nr columns of a panel
     * @param format what they are
     */
    F32Results(F32Finish tiles, Product product, int nr, ResultFormat format) {
        this.tiles = tiles;
        this.product = product;
        this.nr = nr;
        this.narrowing = format.halves().map(Narrowing::of);
    }

    /**
     * Finishes and stores.
     *
     * @param row the first row of the result
     * @param rows how many
     * @param sums theirs, from the start of the array, nr for each row; they may be overwritten
     */
    void finish(int panel, int row, int rows, float[] sums) {
        final long metadata = panel * product.rhs().panelBytes() + product.rhs().metadataOffset();
        if (narrowing.isPresent()) {
            finishRounded(panel, row, rows, sums, metadata, narrowing.get());
        } else if (product.columns(panel, nr) == nr) {
            finishWhole(panel, row, rows, sums, metadata);
        } else {
            finishPartial(panel, row, rows, sums, metadata);
        }
    }

    private void finishWhole(int panel, int row, int rows, float[] sums, long metadata) {
        final Matrix dst = product.dst();
        final long at = dst.offset() + row * dst.rowStride() + (long) panel * nr;
        switch (dst) {
            case Matrix.Floats to ->
                tiles.finish(
                        rows,
                        sums,
                        0,
                        product.rhs().data(),
                        metadata,
                        product.clamped(),
                        product.clampMin(),
                        product.clampMax(),
                        to.data(),
                        (int) at,
                        (int) dst.rowStride());
            case Matrix.Segment to ->
                tiles.finish(
                        rows,
                        sums,
                        0,
                        product.rhs().data(),
                        metadata,
                        product.clamped(),
                        product.clampMin(),
                        product.clampMax(),
                        to.data(),
                        at * Float.BYTES,
                        dst.rowStride() * Float.BYTES);
            case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notFloats("dst", dst);
        }
    }

    private void finishInPlace(int rows, float[] sums, long metadata) {
        tiles.finish(
                rows,
                sums,
                0,
                product.rhs().data(),
                metadata,
                product.clamped(),
                product.clampMin(),
                product.clampMax(),
                sums,
                0,
                nr);
    }

    /** Finishes a panel in place, rounds it, then copies those of its columns that are wanted. */
    private void finishRounded(int panel, int row, int rows, float[] sums, long metadata, Narrowing rounding) {
        finishInPlace(rows, sums, metadata);
        final int first = product.firstColumn(panel, nr);
        final int count = product.columns(panel, nr);
        final Matrix dst = product.dst();
        final int most = Narrowing.LENGTH / nr;
        for (int done = 0; done < rows; done += most) {
            final int some = Math.min(most, rows - done);
            final short[] halves =
                    rounding.round(MemorySegment.ofArray(sums), (long) done * nr * Float.BYTES, some * nr);
            for (int i = 0; i < some; i++) {
                final long at = dst.offset() + (row + done + i) * dst.rowStride() + first;
                HalfElements.write("dst", halves, i * nr + first - panel * nr, count, dst, at);
            }
        }
    }

    /** Finishes a panel in place, then copies those of its columns that are wanted. */
    private void finishPartial(int panel, int row, int rows, float[] sums, long metadata) {
        finishInPlace(rows, sums, metadata);
        final int first = product.firstColumn(panel, nr);
        final int count = product.columns(panel, nr);
        final Matrix dst = product.dst();
        for (int i = 0; i < rows; i++) {
            final long at = dst.offset() + (row + i) * dst.rowStride() + first;
            final int from = i * nr + first - panel * nr;
            switch (dst) {
                case Matrix.Floats to -> System.arraycopy(sums, from, to.data(), (int) at, count);
                case Matrix.Segment to -> MemorySegment.copy(sums, from, to.data(), FLOAT, at * Float.BYTES, count);
                case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notFloats("dst", dst);
            }
        }
    }
}
