package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.processor.program.Program;

/** The sums, or totals, of a tile. */
final class Sums {
    private Sums() {}

    /** What is done with one of them. */
    interface Action {
        void at(int row, int vector);
    }

    /** Does something with each, row by row. */
    static void each(Program program, Action action) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                action.at(row, v);
            }
        }
    }
}
