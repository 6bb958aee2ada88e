package dev.tilesmith.tune;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Variant;

/**
 * How long a product is expected to take, of what is known without measuring it: for ranking variants of one target. It knows a
 * variant's tile and the steps of a pass. Of fetching ahead, of other cores and of the left operand's way it knows nothing: variants
 * that differ in nothing else take the same.
 *
 * <p>A step along K of a tile of r rows by v vectors takes the longest of
 *
 * <ul>
 *   <li>its products, r v {@link Factor#PRODUCT},
 *   <li>its loads, v {@link Factor#WEIGHT} + r {@link Factor#ROW},
 *   <li>the wait for the sums before it, {@link Factor#LATENCY}, of which tiles that take two panels at once have half for each,
 * </ul>
 *
 * and its share of a pass. A tile takes that for all steps, and what begins it and ends its sums; a product takes all its tiles, and
 * the wait for its weights: once from where they are, {@link Factor#CACHE} or {@link Factor#MEMORY}, and for each further tile of
 * rows from where a panel stays meanwhile, which costs nothing if that is the first-level cache, and {@link Factor#NEAR} if it is the
 * second.
 *
 * @param factors what it counts with
 * @param caches those of the CPU
 */
public record CostModel(Factors factors, CacheSizes caches) {
    private static final double BITS_OF_A_BYTE = 8;

    /** The left operand and results have the rest. */
    private static final double SHARE_OF_L2 = 2;

    /** The model for a variant's target and formats. */
    public static CostModel of(Variant variant, CacheSizes caches) {
        return new CostModel(CostGroup.of(variant).factors(), caches);
    }

    /**
     * How many cycles of one core a product is expected to take: finite, 0 or more, and the same whenever it is asked for.
     *
     * @param variant the tallest tile: rows are cut into as few tiles as it allows, as equal as can be
     */
    public double cycles(Variant variant, Work work) {
        if (work.m() == 0 || work.n() == 0) {
            return 0;
        }
        final int tiles = Math.ceilDiv(work.m(), variant.mr());
        final int rows = work.m() / tiles;
        final int taller = work.m() % tiles;
        return (tiles - taller) * ofAllPanels(variant, work, rows)
                + (taller == 0 ? 0 : taller * ofAllPanels(variant, work, rows + 1))
                + waiting(variant, work, tiles);
    }

    /** A tile of so many rows at each panel; the last is as narrow as its columns are. */
    private double ofAllPanels(Variant variant, Work work, int rows) {
        final VectorModel vectors = VectorModel.of(variant.target());
        final int panels = work.n() / variant.nr();
        final int rest = work.n() % variant.nr();
        final double whole = ofTile(variant, rows, vectors.vectors(variant.nr()), work.k());
        final double last = rest == 0 ? 0 : ofTile(variant, rows, vectors.vectors(rest), work.k());
        return panels * whole + last;
    }

    private double ofTile(Variant variant, int rows, int vectors, int k) {
        final int atOnce = panelsAtOnce(variant, rows, vectors);
        final double products = (double) rows * vectors * factors.get(Factor.PRODUCT);
        final double loads = vectors * factors.get(Factor.WEIGHT) + rows * factors.get(Factor.ROW);
        final double step = Math.max(Math.max(products, loads), factors.get(Factor.LATENCY) / atOnce)
                + factors.get(Factor.PASS) / variant.schedule().unroll() / atOnce;
        return Math.ceilDiv(k, variant.kr()) * step
                + factors.get(Factor.TILE)
                + (double) rows * vectors * factors.get(Factor.FINISH);
    }

    /** Sums of integers may be split along K instead. */
    private static int panelsAtOnce(Variant variant, int rows, int vectors) {
        return switch (variant.rhs()) {
            case F32, F16, BF16 -> VectorModel.of(variant.target()).panelsAtOnce(rows, vectors);
            case I32, QAI8, QAI8DX, QSI8CX, QSI8D32, QSI4CX, QSI4C32, QAI4C32, QSU2CX -> 1;
        };
    }

    /** The first tile of a block of rows waits for weights from where they are, the others from where a panel stays meanwhile. */
    private double waiting(Variant variant, Work work, int tiles) {
        final double perColumn = (double) work.k() * bits(variant.rhs()) / BITS_OF_A_BYTE;
        final double once =
                switch (work.reach()) {
                    case CACHE -> factors.get(Factor.CACHE);
                    case MEMORY -> factors.get(Factor.MEMORY);
                };
        return work.n() * perColumn * (once + (tiles - 1.0) * again(perColumn * variant.nr()));
    }

    private double again(double panelBytes) {
        if (panelBytes <= caches.l1d()) {
            return 0;
        }
        final double near = factors.get(Factor.NEAR);
        return panelBytes <= caches.l2() / SHARE_OF_L2 ? near : Math.max(near, factors.get(Factor.CACHE));
    }

    /** Of one packed weight, without scales. */
    private static int bits(Format weights) {
        return switch (weights) {
            case F32, I32 -> 32;
            case F16, BF16 -> 16;
            case QSI8CX, QSI8D32, QAI8, QAI8DX -> 8;
            case QSI4CX, QSI4C32, QAI4C32 -> 4;
            case QSU2CX -> 2;
        };
    }
}
