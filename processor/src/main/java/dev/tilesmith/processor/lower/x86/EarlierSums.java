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
        public void begin(Tile tile) {
            tile.beginWithNothing();
        }

        @Override
        public void leave() {}
    };

    /** A tile that goes on from sums. */
    interface Tile {
        /** What it is. */
        Program program();

        /** Clears its sums, and goes to the start of its rows and of the panel. */
        void beginWithNothing();

        /** Clears those of its sums that are added to others in the end. */
        void clearFurtherChains();

        /** A sum that is not. */
        Vec sum(int row, int vector);
    }

    /** At the start of the function, when callers' registers are saved. */
    void enter();

    /** Before the height of the next tile is read: rows may be left of the last. */
    void beforeTile();

    /** With the height in the scratch register: leaves there the rows of the tile that goes on from sums. */
    void chooseTile();

    /** At the start of a tile's code. */
    void begin(Tile tile);

    /** At the end of the function. */
    void leave();
}
