package dev.tilesmith.kernel.target;

import dev.tilesmith.cpu.CpuFeature;
import java.util.List;
import java.util.Optional;

/**
 * How a target multiplies values of BF16 in pairs, as they are: what that asks of a CPU, how often it rounds, and what it is for.
 * Instructions differ in the order in which they add, so that results are other bits than those of f32's chain.
 */
public enum PairProduct {
    /** Not at all: it widens them. */
    NONE(List.of()),
    /** VDPBF16PS: one chain, of each pair the odd value first. */
    OF_VECTORS(List.of(CpuFeature.AVX512_BF16)),
    /** TDPBF16PS: of each 32 values along K two chains of 16, of even ones and of odd ones, whose sum is added to the result. */
    OF_TILES(List.of(CpuFeature.AMX_TILE, CpuFeature.AMX_BF16)),
    /** BFMMLA: one chain, of each pair the sum of both products, all rounded to odd; four values along K of two rows and two columns. */
    OF_BLOCKS(List.of(CpuFeature.BF16)),
    /** BFMOPA, which is part of SME: the same chain, of a vector of rows and a vector of columns. */
    OUTER(List.of());

    /** Values along K of a product of tile registers. */
    private static final int ALONG_TILES = 32;

    /** Roundings in such a product: of a chain of 16, whose first is exact, and of the sum of two. */
    private static final int WITHIN_TILES = 16;

    /** What tile registers multiply in a cycle, 16 x 16 x 32 in 16 cycles, beside two vectors of 16. */
    private static final int TIMES_OF_TILES = 16;

    /** Of Arm's chain: values along K of a pair, and the rounding of their sum; to odd, each is by less than the last bit. */
    private static final Roundings OF_PAIRS_TO_ODD = new Roundings(2, 1, 2);

    /** What BFMMLA multiplies, 2 x 2 x 4, where a vector has four products. */
    private static final int TIMES_OF_BLOCKS = 4;

    // A list of constants of another enum, which stays as it is.
    private final List<CpuFeature> features;

    PairProduct(List<CpuFeature> features) {
        this.features = List.copyOf(features);
    }

    /**
     * How often what is multiplied may be rounded on its way into a result.
     *
     * @param along values along K whose products are added up before the result is added to
     * @param within roundings in that
     * @param units by how many halves of the last bit each is at the most: 1 to nearest, 2 to odd
     */
    public record Roundings(int along, int within, int units) {}

    /** What code needs of a CPU for it, beside what all of the target's needs. */
    public List<CpuFeature> features() {
        return features;
    }

    /** How often it rounds; nothing where there is no such product. */
    public Optional<Roundings> roundings() {
        return switch (this) {
            case NONE -> Optional.empty();
            case OF_VECTORS -> Optional.of(new Roundings(1, 0, 1));
            case OF_TILES -> Optional.of(new Roundings(ALONG_TILES, WITHIN_TILES, 1));
            case OF_BLOCKS, OUTER -> Optional.of(OF_PAIRS_TO_ODD);
        };
    }

    /** Products of it where vectors of f32 have one, at the most. */
    public int times() {
        return switch (this) {
            case NONE -> 1;
            case OF_VECTORS, OUTER -> 2;
            case OF_BLOCKS -> TIMES_OF_BLOCKS;
            case OF_TILES -> TIMES_OF_TILES;
        };
    }
}
