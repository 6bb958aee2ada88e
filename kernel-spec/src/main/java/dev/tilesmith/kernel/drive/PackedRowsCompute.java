package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.ArgumentBlock;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.LhsLayout;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.kernel.memory.Idle;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.kernel.target.RowGroups;
import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Computes in machine code that multiplies rows in a form of its own. Rows are taken in blocks that stay in the second-level
 * cache while all panels go over them; a block is prepared once, all of K. Results of 16 bits are rounded after it.
 */
abstract sealed class PackedRowsCompute extends ProductCompute
        permits Int8NativeCompute, PairedHalvesNativeCompute, StaticInt8NativeCompute {
    private final NativeFunction function;
    private final LhsLayout lhsLayout;
    private final RowGroups rowGroups;
    private final int nr;
    private final ResultFormat resultFormat;
    private final Optional<Idle<Narrowing>> narrowings;
    private final NativeTiles tiles;
    private final ScratchPool pool = new ScratchPool();
    private final Idle<ArgumentBlock> blocks;

    /** Computes by {@code function}, which has the tiles of {@code family}, in blocks that fit the caches of {@code host}. */
    PackedRowsCompute(NativeFunction function, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.function = function;
        this.lhsLayout = LhsLayout.of(family);
        this.rowGroups = TargetTraits.rowGroups(family.target());
        this.nr = family.layout().nr();
        this.resultFormat = ResultFormat.of(family.dst());
        this.narrowings = resultFormat.halves().map(halves -> new Idle<>(() -> Narrowing.of(halves)));
        this.tiles = new NativeTiles(family, lhsLayout.rows(), host, tuning);
        this.blocks = tiles.argumentBlocks(pool);
    }

    /** What results are. */
    final ResultFormat resultFormat() {
        return resultFormat;
    }

    /** How the rows that are multiplied lie. */
    final LhsLayout lhsLayout() {
        return lhsLayout;
    }

    /** Which rows lie together. */
    final RowGroups rowGroups() {
        return rowGroups;
    }

    /**
     * Brings rows to the form that is multiplied.
     *
     * @param arguments the block of arguments, of which what the tiles want is put there afterwards
     * @param to where they go, from its start on
     */
    abstract void prepare(Product product, int row, int rows, ArgumentBlock arguments, MemorySegment to);

    /**
     * Rows that can be multiplied where they lie.
     *
     * @return the left operand; nothing if rows have to be prepared
     */
    Optional<Matrix.Segment> asTheyLie(Product product, int row, int rows) {
        return Optional.empty();
    }

    /** Bytes of memory in which code groups so many rows itself; 0 where they come grouped. */
    long groupedBytes(Product product, int rows) {
        return 0;
    }

    /** Puts the bounds on results, in the results' format. */
    abstract void putBounds(ArgumentBlock arguments, Product product);

    /**
     * Results in part of a panel are computed aside and copied: the code writes whole panels from their start, and int8
     * in whole vectors. So are results in Java arrays that take long, and all that are rounded.
     */
    @Override
    final void run(Product product) {
        final long fit = tiles.lhsBlockBytes() / lhsLayout.stride(product.rhs()) * lhsLayout.rows();
        final int blockRows = tiles.rowsAtOnce(product, tiles.blockRows(product, fit), product.dst());
        if (isWhole(product) && tiles.reaches(product.dst(), product, blockRows)) {
            runBlocks(product, blockRows, NativeResults.inPlace(product));
        } else {
            runAside(product, blockRows);
        }
    }

    /** Whether code writes no more than the results that are asked for, and as they are asked for. */
    private boolean isWhole(Product product) {
        return narrowings.isEmpty()
                && product.firstColumn() == product.firstPanel(nr) * nr
                && (resultFormat.bytes() == Integer.BYTES || product.endColumn() % nr == 0);
    }

    private void runAside(Product product, int blockRows) {
        final NativeResults results =
                NativeResults.aside(product, tiles, blockRows, resultFormat.bytes(), narrowings, pool);
        runBlocks(product, blockRows, results);
        results.giveBackTo(pool);
    }

    private void runBlocks(Product product, int blockRows, NativeResults results) {
        final ArgumentBlock arguments = blocks.take();
        final MemorySegment borrowed = pool.borrow(lhsLayout.bytes(product.rhs(), blockRows + rowGroups.readBeyond()));
        final MemorySegment lhs = lhsLayout.lead() == 0 ? borrowed : borrowed.asSlice(lhsLayout.lead());
        final boolean decodes = tiles.decodes(blockRows);
        final MemorySegment decoded =
                decodes ? pool.borrow(tiles.decodedBytes(product.rhs(), blockRows)) : MemorySegment.NULL;
        arguments.putLong(NativeArguments.DECODED, decoded.address());
        final long groupedBytes = groupedBytes(product, blockRows);
        final MemorySegment grouped = groupedBytes > 0 ? pool.borrow(groupedBytes) : MemorySegment.NULL;
        arguments.putLong(NativeArguments.PACKED_LHS, grouped.address());
        int row = product.firstRow();
        while (row < product.endRow()) {
            final int endRow = row + product.rowsFrom(row, blockRows);
            final Optional<NativeRows> inPlace =
                    asTheyLie(product, row, endRow - row).map(NativeRows::of);
            if (inPlace.isEmpty()) {
                prepare(product, row, endRow - row, arguments, lhs);
            }
            final int first = row;
            results.compute(row, endRow, (slice, dst) -> {
                tiles.putPackedRows(arguments, slice, dst, lhsLayout);
                inPlace.ifPresent(rows -> putRows(arguments, rows, first));
                putBounds(arguments, slice);
                final MemorySegment from = inPlace.map(NativeRows::data).orElse(lhs);
                function.call(arguments.written(), from, slice.rhs().data(), dst.data());
            });
            row = endRow;
        }
        if (groupedBytes > 0) {
            pool.giveBack(grouped);
        }
        if (decodes) {
            pool.giveBack(decoded);
        }
        pool.giveBack(borrowed);
        blocks.add(arguments);
    }

    private static void putRows(ArgumentBlock arguments, NativeRows rows, int first) {
        arguments.putLong(NativeArguments.LHS_OFFSET, rows.at(first, 0));
        arguments.putLong(NativeArguments.LHS_STRIDE, rows.strideBytes());
    }
}
