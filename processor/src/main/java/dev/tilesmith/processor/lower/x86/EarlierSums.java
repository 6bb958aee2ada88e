package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Program;

/** Sums that are there before the steps of a tile begin, and how a family's function comes to them. */
interface EarlierSums {
    /** There are none: a tile's own steps are all. */
    EarlierSums NONE = new EarlierSums() {
        @Override
        public void enter() {}

        @Override
        public void beforeTile() {}

        @Override
        public void chooseTile() {}

        @Override
        public void addTo(Tile tile) {
            tile.countSteps();
        }

        @Override
        public void leave() {}
    };

    /** A tile that goes on from sums. */
    interface Tile {
        /** What it is. */
        Program program();

        /** Sets the count to all of its steps. */
        void countSteps();

        /** A sum: of several that are added up in the end, the first. */
        Vec sum(int row, int vector);
    }

    /** At the start of the function, when callers' registers are saved. */
    void enter();

    /** Before the height of the next tile is read: rows may be left of the last. */
    void beforeTile();

    /** With the height in the scratch register: leaves there the rows of the tile that goes on from sums. */
    void chooseTile();

    /**
     * When a tile's sums have begun, and its rows and the place in the panel are at its first step: adds what there is, goes behind
     * the steps that it is of, and sets the count to those that are left.
     */
    void addTo(Tile tile);

    /** At the end of the function. */
    void leave();
}
