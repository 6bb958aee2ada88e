package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.ArgumentBlock;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.BlockCopies;
import dev.tilesmith.kernel.layout.LhsLayout;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.memory.Idle;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;
import java.util.Arrays;

/**
 * How the machine code of one family goes over a product: blocks of rows that stay in the second-level cache while all
 * panels go over them, cut into tiles; and that part of the argument block which says so.
 */
final class NativeTiles {
    private static final int NEVER = Integer.MAX_VALUE;

    /** What results have of the second-level cache is one part of so many. */
    private static final int SHARE_OF_RESULTS = 8;

    private final PanelFamily family;
    private final int nr;
    private final int mostRows;
    private final RowTiles[] tiles;
    private final long lhsBlockBytes;
    private final int tilesToDecode;
    private final long rowsToDecode;
    private final long near;
    private final long far;
    private final long farFrom;
    private final long asideBytes;
    private final long briefWork;
    private final long rowsForTiles;
    private final long rowsForTilesAsPacked;

    /**
     * The tiles of a family, for the caches of {@code host}.
     *
     * @param group rows of the left operand that lie together
     */
    NativeTiles(PanelFamily family, int group, Host host, Tuning tuning) {
        this.family = family;
        this.nr = family.layout().nr();
        this.mostRows = (int) tuning.get(Knob.TILES_PER_BLOCK) * family.maxMr();
        this.tiles = RowTiles.upTo(mostRows, family, group);
        this.tilesToDecode = tilesToDecode(family, tuning);
        this.rowsToDecode = rowsToDecode(family, tuning);
        this.lhsBlockBytes = LhsShare.bytes(host, tuning);
        this.near = tuning.get(Knob.FETCH_NEAR);
        this.far = tuning.get(Knob.FETCH_FAR);
        this.farFrom = tuning.get(Knob.FETCH_FAR_FROM);
        this.asideBytes = asideBytes(family, host, tuning);
        this.briefWork = tuning.get(Knob.BRIEF_WORK);
        final boolean blocks = family.layout().hasBlocks();
        this.rowsForTiles = rowsForTiles(family, tuning);
        this.rowsForTilesAsPacked = blocks ? NEVER : rowsForTiles;
    }

    /** Vectors round pairs of 16 bits otherwise than tile registers, which therefore multiply all of them. */
    private static long rowsForTiles(PanelFamily family, Tuning tuning) {
        if (family.layout().pairsHalves()) {
            return 1;
        }
        return tuning.get(family.layout().hasBlocks() ? Knob.ROWS_FOR_BLOCK_TILES : Knob.ROWS_FOR_TILES);
    }

    /** Where products take so little time, results are brought before they leave the second-level cache, and rows stay there beside them. */
    private static long asideBytes(PanelFamily family, Host host, Tuning tuning) {
        final long bytes = tuning.get(Knob.ASIDE_BYTES);
        return family.layout().pairsHalves()
                ? Math.min(bytes, host.cpu().caches().l2() / SHARE_OF_RESULTS)
                : bytes;
    }

    /** From how many tiles on decoding a panel costs less than each tile's doing it. */
    private static int tilesToDecode(PanelFamily family, Tuning tuning) {
        return switch (TargetTraits.rowGroups(family.target())) {
            case SINGLE, TILES -> NEVER;
            case ROUNDED_UP -> family.layout().hasBlocks() ? 1 : NEVER;
            case PAIRS ->
                switch (family.layout().weights().scaling()) {
                    case PAIRED_BLOCKS, PAIRED_BLOCKS_WITH_MINIMA -> (int) tuning.get(Knob.TILES_TO_DECODE);
                    case NONE, CHANNELS, BLOCKS ->
                        switch (family.layout().weights().stored()) {
                            case FLOATS, HALVES, BYTES -> NEVER;
                            case NIBBLES -> (int) tuning.get(Knob.TILES_TO_DECODE);
                            case CODES -> (int) tuning.get(Knob.TILES_TO_LOOK_UP);
                        };
                };
        };
    }

    /** Tile registers want tiles of some height besides. */
    private static long rowsToDecode(PanelFamily family, Tuning tuning) {
        return switch (TargetTraits.rowGroups(family.target())) {
            case SINGLE, PAIRS, TILES -> 0;
            case ROUNDED_UP -> tuning.rowsToDecode(family.maxMr());
        };
    }

    /** Blocks of arguments for calls of these tiles, with memory of a pool. */
    Idle<ArgumentBlock> argumentBlocks(ScratchPool pool) {
        return new Idle<>(() -> new ArgumentBlock(pool.borrow(NativeArguments.bytes(mostRows))));
    }

    /** Columns of a panel. */
    int nr() {
        return nr;
    }

    /** Bytes of the left operand that stay in the second-level cache, with room for a panel. */
    long lhsBlockBytes() {
        return lhsBlockBytes;
    }

    /** Rows of a block of {@code product}, of which {@code fit} fit the cache. */
    int blockRows(Product product, long fit) {
        return RowTiles.blockRows(product.rows(), family, (int) Math.min(mostRows, fit));
    }

    /**
     * Rows at a time: {@code most}, but where an operand is a Java array no more than make a call brief, for collections wait for it. These
     * have to fill a tile, and where panels are decoded for all rows to be all of them: else there are {@code most}, and code does not reach the array.
     */
    int rowsAtOnce(Product product, int most, Matrix... operands) {
        final long brief = Math.min(most, briefWork / ofRow(product));
        final int least = decodes(most) ? most : Math.min(most, family.maxMr());
        return brief < least || Arrays.stream(operands).allMatch(Matrix.Segment.class::isInstance)
                ? most
                : blockRows(product, brief);
    }

    /** Whether code reaches an operand in calls for so many rows: off the heap always, in a Java array where they are brief. */
    boolean reaches(Matrix operand, Product product, int rows) {
        return switch (operand) {
            case Matrix.Segment _ -> true;
            case Matrix.Floats _, Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> rows <= briefWork / ofRow(product);
        };
    }

    private static long ofRow(Product product) {
        return Math.max(1, (long) product.columns() * product.k());
    }

    /**
     * Columns at a time of results that are computed aside: whole panels, as equal as can be, so that the results of a block of
     * rows take no more than stay in a cache until they are copied, or are those of one panel.
     */
    int asideColumns(long columns, int rows, int elementBytes) {
        final long panels = Math.ceilDiv(columns, nr);
        if (panels * nr * rows * elementBytes <= asideBytes) {
            return (int) Math.min(Integer.MAX_VALUE, panels * nr);
        }
        final long most = Math.max(1, asideBytes / elementBytes / rows / nr);
        return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(panels, Math.ceilDiv(panels, most)) * nr);
    }

    /** The panels of a product, and the rows of its result. */
    void putPanels(ArgumentBlock arguments, Product product, NativeRows dst) {
        final int firstPanel = product.firstPanel(nr);
        final int panels = product.endPanel(nr) - firstPanel;
        final PackedPanels rhs = product.rhs();
        arguments.putLong(NativeArguments.RHS_STRIDE, rhs.panelBytes());
        arguments.putLong(NativeArguments.METADATA_OFFSET, firstPanel * rhs.panelBytes() + rhs.metadataOffset());
        arguments.putLong(NativeArguments.DST_STRIDE, dst.strideBytes());
        arguments.putLong(NativeArguments.PANELS, panels);
        arguments.putLong(NativeArguments.LAST_COLUMNS, product.endColumn() - (firstPanel + panels - 1L) * nr);
    }

    /** The panels and the tiles of a product whose rows have been packed, and all of whose K is summed. */
    void putPackedRows(ArgumentBlock arguments, Product product, NativeRows dst, LhsLayout lhs) {
        final PackedPanels rhs = product.rhs();
        final int rows = product.rows();
        putPanels(arguments, product, dst);
        putTiles(arguments, rhs, rows);
        arguments.putLong(NativeArguments.LHS_OFFSET, 0);
        arguments.putLong(NativeArguments.LHS_STRIDE, lhs.stride(rhs));
        arguments.putLong(NativeArguments.RHS_OFFSET, product.firstPanel(nr) * rhs.panelBytes());
        arguments.putLong(NativeArguments.DST_OFFSET, dst.at(product.firstRow(), product.firstColumn()));
        arguments.putLong(NativeArguments.STEPS, lhs.steps(rhs));
        arguments.putLong(NativeArguments.BLOCKS, rhs.blocks());
        arguments.putLong(NativeArguments.ROWS_FOR_TILES, rowsForTiles(rows));
        final int clamp = product.clamped() ? NativeArguments.CLAMP : 0;
        final int decode = decodes(rows) && arguments.longAt(NativeArguments.DECODED) != 0 ? NativeArguments.DECODE : 0;
        arguments.putInt(NativeArguments.FLAGS, NativeArguments.FINISH | clamp | decode);
    }

    /** How many tiles a block of rows is cut into. */
    int count(int rows) {
        return tiles[rows].count();
    }

    /** Whether so many rows are computed from panels that were decoded: products have little to do beside them. */
    boolean decodes(int rows) {
        return count(rows) >= tilesToDecode && rows >= rowsToDecode;
    }

    /** Rows of a tile from which on tile registers multiply it: none in blocks of panels that are not decoded for so few. */
    private long rowsForTiles(int rows) {
        return decodes(rows) ? rowsForTiles : rowsForTilesAsPacked;
    }

    /** Bytes of a panel that was decoded, and of so many rows where these are copied for it. */
    long decodedBytes(PackedPanels rhs, int rows) {
        final long panel = family.layout().decodedBytes(rhs.k(), rhs.blockLength());
        return switch (TargetTraits.rowGroups(family.target())) {
            case SINGLE, PAIRS, TILES -> panel;
            case ROUNDED_UP -> family.layout().hasBlocks() ? BlockCopies.bytes(family.layout(), rhs, rows) : panel;
        };
    }

    /** The tiles of a block of rows, and how fast to fetch the next panel while they use this one. */
    void putTiles(ArgumentBlock arguments, PackedPanels rhs, int rows) {
        final RowTiles heights = tiles[rows];
        final int count = heights.count();
        for (int tile = 0; tile < count; tile++) {
            arguments.putHeight(tile, heights.mr(tile));
        }
        arguments.putHeight(count, 0);
        final long ahead = rhs.data().byteSize() < farFrom ? near : far;
        arguments.putLong(NativeArguments.PREFETCH_OFFSET, count == 1 ? ahead : rhs.panelBytes());
        arguments.putLong(NativeArguments.PREFETCH_STEP, isNear(rhs) ? 0 : (rhs.stepBytes() + count - 1) / count);
    }

    /** Weights that stay in the second-level cache beside rows, which tile registers load faster from there than others are fetched. */
    private boolean isNear(PackedPanels rhs) {
        return family.layout().pairsHalves() && rhs.data().byteSize() <= lhsBlockBytes;
    }
}
