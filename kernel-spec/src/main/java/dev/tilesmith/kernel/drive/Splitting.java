package dev.tilesmith.kernel.drive;

import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;

/**
 * When a product is cut for threads, and into what.
 *
 * @param partsPerThread parts for each thread: enough that one slow thread does not hold up the rest
 * @param tilesOfAPart tiles of rows for which reading the weights once more is little work
 * @param columnsOfAPart columns for which preparing the rows once more, by quantizing or copying them, is little work
 * @param worthAThread multiply-adds for which another thread is worth calling
 * @param rowsThatHideWeights fewer rows than these take as long as these, since what is waited for is the weights
 */
record Splitting(
        int partsPerThread, int tilesOfAPart, int columnsOfAPart, double worthAThread, int rowsThatHideWeights) {
    /** As a target is tuned. */
    static Splitting of(Tuning tuning) {
        return new Splitting(
                (int) tuning.get(Knob.PARTS_PER_THREAD),
                (int) tuning.get(Knob.TILES_OF_A_PART),
                (int) tuning.get(Knob.COLUMNS_OF_A_PART),
                tuning.get(Knob.WORTH_A_THREAD),
                (int) tuning.get(Knob.ROWS_THAT_HIDE_WEIGHTS));
    }
}
