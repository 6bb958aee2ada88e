package dev.tilesmith.processor.program;

/**
 * One micro-kernel: what it sums over K, and what becomes of the sums.
 *
 * @param shape the shape of its tile
 * @param contraction what is summed
 * @param epilogue what becomes of the sums
 */
public record Program(TileShape shape, Contraction contraction, Epilogue epilogue) {
    /** Refuses an epilogue of other sums. */
    public Program {
        for (final Op op : epilogue.ops()) {
            for (final Register read : op.reads()) {
                if (read.vector() >= shape.vectors()) {
                    throw new IllegalArgumentException("a tile of " + shape.vectors() + " vectors has no " + read);
                }
                if ((read.role() == Role.SUM || read.role() == Role.TOTAL)
                        && !read.equals(contraction.result(read.vector()))) {
                    throw new IllegalArgumentException("the contraction leaves no " + read.type() + " in " + read);
                }
            }
        }
    }

    /** Rows of the tile. */
    public int mr() {
        return shape.mr();
    }

    /** Vectors of columns of the tile. */
    public int vectors() {
        return shape.vectors();
    }

    /** 32-bit lanes of a vector. */
    public int lanes() {
        return shape.lanes();
    }

    /** Columns of the tile. */
    public int nr() {
        return shape.nr();
    }

    /** The program as text, for listings and tests. */
    public String print() {
        return "tile " + mr() + " x " + nr() + " in vectors of " + lanes() + "\n" + contraction.print()
                + epilogue.print();
    }
}
