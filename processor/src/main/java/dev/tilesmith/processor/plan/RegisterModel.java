package dev.tilesmith.processor.plan;

import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The registers of a target, and how many a tile of mr rows and v vectors of columns takes of them.
 *
 * @param registerName what the registers are called in messages
 * @param registers how many there are
 * @param lanes 32-bit lanes of one; where vectors have any length, the columns of a panel
 * @param engine how tiles are computed
 * @param turns registers that take turns at values that are used and forgotten
 * @param bestNr columns of the tile that measured best
 * @param bestMr rows of the tallest tile that measured best with them
 * @param maxMr rows that can be addressed
 * @param maxVectors vectors of columns that can be addressed: each has a mask for the last columns
 */
public record RegisterModel(
        String registerName,
        int registers,
        int lanes,
        Engine engine,
        int turns,
        int bestNr,
        int bestMr,
        int maxMr,
        int maxVectors) {
    /** How a tile is computed. */
    public enum Engine {
        /** mr·v accumulators, v vectors of the right operand; broadcast values of the left take turns. */
        BROADCAST,
        /**
         * mr·v accumulators, and a vector of each row of the left operand, by whose elements the vectors of the right are
         * multiplied, which take turns.
         */
        BY_ELEMENT,
        /**
         * Accumulators of two rows and two columns, a vector of each pair of rows; pairs of columns take turns.
         */
        BLOCKS,
        /** The same, and beside each accumulator what blocks along K add up to. */
        BLOCKS_WITH_TOTALS,
        /** Tiles of ZA, of as many rows and columns as a vector has lanes, which is known at run time alone. */
        OUTER_PRODUCT
    }

    /** Registers beside the accumulators that results are scaled with. */
    private static final int SCALING = 5;

    /** Tiles of 32-bit sums that ZA has, all of which are used whatever the rows and columns. */
    private static final int ZA_TILES = 4;

    /** Columns of a panel for ZA: four vectors of 512 bits, so that few rows fill all tiles too. */
    private static final int OUTER_COLUMNS = 64;

    /** Rows that are packed together for ZA: two vectors of 512 bits. */
    private static final int OUTER_ROWS = 32;

    /** What two pipes with a latency of four cycles have under way. */
    private static final int SUMS_UNDER_WAY = 8;

    private static final int ANY = Integer.MAX_VALUE;

    /** What {@code lower.aarch64} addresses: a pointer for each row, or pair of rows. */
    private static final int NEON_POINTERS = 8;

    /** What {@code lower.x86} addresses: two pointers, seven rows each. */
    private static final int X86_ROWS = 14;

    /** The masks that an argument block of {@code lower.x86} has room for. */
    private static final int VEX_MASKS = 7;

    /** The mask registers that {@code lower.x86} keeps for columns: k2 to k7. */
    private static final int EVEX_MASKS = 6;

    /**
     * The registers of a target.
     *
     * <p>On AVX2 a second one is needed beside the broadcast value to bound results.
     *
     * <p>The Vector API's 128 and 256 bits are planned for the 16 registers of SSE and AVX2. At 512 bits a tile of 14 x
     * 32 fits by count, but the JIT compiler spills it (docs/decisions, 0001): 12 rows are the most it keeps.
     */
    public static RegisterModel of(Target target) {
        return switch (target) {
            case SCALAR -> new RegisterModel("float", 32, 1, Engine.BROADCAST, 1, 4, 4, ANY, ANY);
            case VECTOR_128 -> new RegisterModel("xmm", 16, 4, Engine.BROADCAST, 1, 8, 6, ANY, ANY);
            case VECTOR_256 -> new RegisterModel("ymm", 16, 8, Engine.BROADCAST, 1, 16, 6, ANY, ANY);
            case AVX2, AVX_VNNI -> new RegisterModel("ymm", 16, 8, Engine.BROADCAST, 2, 16, 6, X86_ROWS, VEX_MASKS);
            case VECTOR_512 -> new RegisterModel("zmm", 32, 16, Engine.BROADCAST, 1, 32, 12, ANY, ANY);
            case AVX512, AVX512_VNNI ->
                new RegisterModel("zmm", 32, 16, Engine.BROADCAST, 1, 32, 14, X86_ROWS, EVEX_MASKS);
            case NEON_DOTPROD -> new RegisterModel("v", 32, 4, Engine.BY_ELEMENT, 2, 16, 6, NEON_POINTERS, ANY);
            case NEON_I8MM -> new RegisterModel("v", 32, 4, Engine.BLOCKS, 2, 12, 8, 2 * NEON_POINTERS, ANY);
            case SME, SME2 ->
                new RegisterModel(
                        "za",
                        ZA_TILES,
                        OUTER_COLUMNS,
                        Engine.OUTER_PRODUCT,
                        0,
                        OUTER_COLUMNS,
                        OUTER_ROWS,
                        OUTER_ROWS,
                        1);
        };
    }

    /**
     * The registers of a target for weights of four bits, of two, or in blocks: a mask, constants and tables take registers
     * beside those of int8, and totals of blocks want some. Java keeps what int8 has.
     */
    public static RegisterModel of(Target target, Format rhs) {
        final RegisterModel model = of(target);
        if (SupportedFormats.hasTable(rhs)) {
            return twoBits(target, model);
        }
        if (rhs == Format.QSI8D32) {
            return blocks(target, model);
        }
        if (!SupportedFormats.isInt4(rhs)) {
            return model;
        }
        return switch (target) {
            case AVX_VNNI -> model.with(2, 6);
            case AVX2 -> model.with(4, 5);
            case AVX512 -> model.with(4, 13);
            case AVX512_VNNI -> model.with(2, 7);
            case NEON_DOTPROD -> model.with(5, 5);
            case NEON_I8MM -> SupportedFormats.hasBlocks(rhs) ? matrixBlocksWithTotals() : model.with(3, 8);
            default -> model;
        };
    }

    private static RegisterModel matrixBlocksWithTotals() {
        return new RegisterModel("v", 32, 4, Engine.BLOCKS_WITH_TOTALS, 4, 8, 6, 2 * NEON_POINTERS, ANY);
    }

    private static RegisterModel twoBits(Target target, RegisterModel model) {
        return switch (target) {
            case AVX_VNNI -> model.with(4, 5);
            case AVX2 -> model.with(6, 4);
            case AVX512 -> model.with(6, 12);
            case AVX512_VNNI -> model.with(4, 13);
            case NEON_DOTPROD -> model.with(7, 5);
            case NEON_I8MM -> new RegisterModel("v", 32, 4, Engine.BLOCKS, 5, 8, 8, 2 * NEON_POINTERS, ANY);
            default -> model;
        };
    }

    private static RegisterModel blocks(Target target, RegisterModel model) {
        return switch (target) {
            case AVX_VNNI, AVX2 -> model.with(2, 6);
            case AVX512, AVX512_VNNI -> model.with(2, 7);
            case NEON_DOTPROD -> model.with(5, 3);
            case NEON_I8MM -> matrixBlocksWithTotals();
            default -> model;
        };
    }

    private RegisterModel with(int newTurns, int newBestMr) {
        return new RegisterModel(
                registerName, registers, lanes, engine, newTurns, bestNr, newBestMr, maxMr, maxVectors);
    }

    /** Registers that a tile takes; {@code nr} is a multiple of the lanes. */
    public long needed(int mr, long nr) {
        final long vectors = nr / lanes;
        final long pairs = (mr + 1L) / 2;
        return switch (engine) {
            case BROADCAST -> mr * vectors + vectors + turns;
            case BY_ELEMENT -> mr * vectors + Math.max(mr + turns, SCALING);
            case BLOCKS -> pairs * vectors * 2 + Math.max(pairs + turns, SCALING);
            case BLOCKS_WITH_TOTALS -> pairs * vectors * 4 + Math.max(pairs + turns, SCALING);
            case OUTER_PRODUCT -> ZA_TILES;
        };
    }

    /**
     * Panels that an f32 tile of few rows takes at once: two, if it would otherwise have fewer sums than the multipliers
     * have under way, and if registers have room.
     */
    public int panelsAtOnce(int mr, int nr) {
        final long sums = (long) mr * nr / lanes;
        return engine == Engine.BROADCAST
                        && sums < SUMS_UNDER_WAY
                        && 2L * nr / lanes <= maxVectors
                        && needed(mr, 2L * nr) <= registers
                ? 2
                : 1;
    }

    /** Rows that no two tiles may share: every plan has a tile of so many. */
    public int rowsTogether() {
        return switch (engine) {
            case BLOCKS, BLOCKS_WITH_TOTALS -> 2;
            case BROADCAST, BY_ELEMENT, OUTER_PRODUCT -> 1;
        };
    }

    /** Rows of the tallest tile of {@code nr} columns; less than 1 if none fits. */
    public int tallest(int nr) {
        int mr = 0;
        while (mr < maxMr && needed(mr + 1, nr) <= registers) {
            mr++;
        }
        return mr;
    }

    /** Whether tiles can have {@code nr} columns: whole vectors, of which one row at least fits. */
    public boolean admits(int nr) {
        return nr > 0 && nr <= widest() && nr % lanes == 0;
    }

    /** Columns of the widest tile, which has one row. */
    public int widest() {
        int nr = 0;
        while (nr / lanes < maxVectors && needed(1, nr + lanes) <= registers) {
            nr += lanes;
        }
        return nr;
    }

    /** Rows of the tiles that a plan has by default, ascending. Code that ends rows by predicates needs only the ends. */
    public List<Integer> defaultMrs(int nr) {
        return engine == Engine.OUTER_PRODUCT
                ? List.of(1, defaultMr(nr))
                : IntStream.rangeClosed(1, defaultMr(nr)).boxed().toList();
    }

    /** Rows of the tallest tile that a plan has by default: about as many sums as measured best. */
    public int defaultMr(int nr) {
        return Math.clamp((long) bestMr * bestNr / nr, 1, tallest(nr));
    }
}
