package dev.tilesmith.processor.lower;

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
 * @param blockEnd registers beside sums that the end of a block takes at least, where those of a step may be fewer
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
        int maxVectors,
        int blockEnd) {
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
        OUTER_PRODUCT,
        /** Tile registers of as many rows as a vector has lanes: those of sums, one of each such rows and each vector of columns. */
        TILE_REGISTERS
    }

    /** Registers beside the accumulators that results are scaled with. */
    private static final int SCALING = 5;

    /** What two pipes with a latency of four cycles have under way. */
    private static final int SUMS_UNDER_WAY = 8;

    /** As many as there are. */
    public static final int ANY = Integer.MAX_VALUE;

    /** Registers of tiles whose steps take as many as the ends of their blocks, or more. */
    public RegisterModel(
            String registerName,
            int registers,
            int lanes,
            Engine engine,
            int turns,
            int bestNr,
            int bestMr,
            int maxMr,
            int maxVectors) {
        this(registerName, registers, lanes, engine, turns, bestNr, bestMr, maxMr, maxVectors, 0);
    }

    /** The same with other registers that take turns, and another tallest tile that measured best with them. */
    public RegisterModel with(int newTurns, int newBestMr) {
        return new RegisterModel(
                registerName, registers, lanes, engine, newTurns, bestNr, newBestMr, maxMr, maxVectors, blockEnd);
    }

    /** The same with blocks whose ends take so many beside sums. */
    public RegisterModel withBlockEnd(int newBlockEnd) {
        return new RegisterModel(
                registerName, registers, lanes, engine, turns, bestNr, bestMr, maxMr, maxVectors, newBlockEnd);
    }

    /** Registers that a tile takes; {@code nr} is a multiple of the lanes. */
    public long needed(int mr, long nr) {
        final long vectors = nr / lanes;
        final long pairs = (mr + 1L) / 2;
        return switch (engine) {
            case BROADCAST -> mr * vectors + Math.max(vectors + turns, blockEnd);
            case BY_ELEMENT -> mr * vectors + Math.max(mr + turns, SCALING);
            case BLOCKS -> pairs * vectors * 2 + Math.max(pairs + turns, SCALING);
            case BLOCKS_WITH_TOTALS -> pairs * vectors * 4 + Math.max(pairs + turns, SCALING);
            case OUTER_PRODUCT -> registers;
            case TILE_REGISTERS -> {
                final long rows = (mr + lanes - 1L) / lanes;
                yield rows * vectors + rows + vectors;
            }
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
            case BROADCAST, BY_ELEMENT, OUTER_PRODUCT, TILE_REGISTERS -> 1;
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

    /** Whether the code of a tile takes fewer rows too, so that a plan needs the least and the tallest alone. */
    public boolean endWithinTiles() {
        return switch (engine) {
            case OUTER_PRODUCT, TILE_REGISTERS -> true;
            case BROADCAST, BY_ELEMENT, BLOCKS, BLOCKS_WITH_TOTALS -> false;
        };
    }

    /** Rows of the tiles that a plan has by default, ascending. Code that ends rows within tiles needs only the ends. */
    public List<Integer> defaultMrs(int nr) {
        return endWithinTiles()
                ? List.of(1, defaultMr(nr))
                : IntStream.rangeClosed(1, defaultMr(nr)).boxed().toList();
    }

    /** Rows of all tiles that fit, ascending; of code that ends rows within tiles the ends. */
    public List<Integer> allMrs(int nr) {
        return endWithinTiles()
                ? List.of(1, tallest(nr))
                : IntStream.rangeClosed(1, tallest(nr)).boxed().toList();
    }

    /** Rows of the tallest tile that a plan has by default: about as many sums as measured best. */
    public int defaultMr(int nr) {
        return Math.clamp((long) bestMr * bestNr / nr, 1, tallest(nr));
    }
}
