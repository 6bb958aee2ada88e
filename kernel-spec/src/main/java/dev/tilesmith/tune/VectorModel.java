package dev.tilesmith.tune;

import dev.tilesmith.spec.Target;

/**
 * What the cost model knows of a target's vectors.
 *
 * @param lanes 32-bit lanes of one
 * @param pairable registers that the sums and weights of two panels may take at once; 0 where no tile takes two
 */
record VectorModel(int lanes, int pairable) {
    /** So many chains of additions are under way by two pipes and four cycles; a tile of fewer takes a second panel. */
    private static final int SUMS_UNDER_WAY = 8;

    private static final VectorModel AVX2 = new VectorModel(8, 14);
    private static final VectorModel AVX512 = new VectorModel(16, 31);

    /** Those of a target. Streaming vectors have at least 128 bits, and so many are counted. */
    static VectorModel of(Target target) {
        return switch (target) {
            case SCALAR -> new VectorModel(1, 0);
            case AVX2, AVX_VNNI -> AVX2;
            case AVX512, AVX512_VNNI, AVX512_BF16, AMX -> AVX512;
            case VECTOR_128, NEON_DOTPROD, NEON_I8MM, NEON_BF16, SME, SME2 -> new VectorModel(4, 0);
            case VECTOR_256 -> new VectorModel(8, 0);
            case VECTOR_512 -> new VectorModel(16, 0);
        };
    }

    /** The vectors of so many columns. */
    int vectors(int columns) {
        return Math.ceilDiv(columns, lanes);
    }

    /** How many panels an f32 tile takes at once. */
    int panelsAtOnce(int rows, int vectors) {
        final long sums = (long) rows * vectors;
        return sums < SUMS_UNDER_WAY && 2 * (sums + vectors) <= pairable ? 2 : 1;
    }
}
