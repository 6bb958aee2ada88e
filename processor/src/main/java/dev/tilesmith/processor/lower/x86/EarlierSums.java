package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.program.Program;

/** Sums that are there before the steps of a tile begin, and how a family's function comes to them. */
interface EarlierSums {
    /** There are none: a tile's own steps are all. */
    EarlierSums NONE = new EarlierSums() {
        @Override
        public void enter() {}

        @Override
        public void beginRows() {}

        @Override
        public void beginPanel() {}

        @Override
        public void beforeTile() {}

        @Override
        public void chooseTile() {}

        @Override
        public void addTo(Tile tile) {
            tile.count();
        }

        @Override
        public void takeFor(Tile tile) {
            throw new IllegalArgumentException(
                    "no code that leaves all sums for " + tile.program().contraction());
        }

        @Override
        public void leave() {}
    };

    /** A tile that goes on from sums. */
    interface Tile {
        /** What it is. */
        Program program();

        /** Sets the count to all that it does along K: steps, or blocks of which each is added to totals. */
        void count();

        /** Goes on from what is in memory for a sum, or for a total. */
        void add(int row, int vector, Mem earlier);
    }

    /** At the start of the function, when callers' registers are saved. */
    void enter();

    /** When what all tiles have in common is set; what holds nothing for long between tiles is free, and what tiles and panels set. */
    void beginRows();

    /** At the start of a panel, when its columns are known; what holds nothing for long between tiles is free, and all vectors. */
    void beginPanel();

    /** Before the height of the next tile is read: rows may be left of the last. */
    void beforeTile();

    /** With the height in the scratch register: leaves there the rows of the tile that goes on from sums. */
    void chooseTile();

    /**
     * When a tile's sums have begun, or its totals, and its rows and the place in the panel are at its start: adds what there is, goes
     * behind what that is of, and sets the count to what is left.
     */
    void addTo(Tile tile);

    /** The same where what there is is of all of K: nothing is left. */
    void takeFor(Tile tile);

    /** At the end of the function. */
    void leave();
}
