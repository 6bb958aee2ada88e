package dev.tilesmith.processor.asm.aarch64;

/**
 * Rows or columns of a tile, the first being number {@code select + offset}.
 *
 * @param tile the tile
 * @param vertical whether columns
 * @param select w12 to w15
 * @param offset added to it
 * @param count 1, 2 or 4
 */
public record TileSlice(Tile tile, boolean vertical, Gpr select, int offset, int count) implements Operand {
    public TileSlice {
        Bounds.require("number of slices", count, 1, 4);
    }

    @Override
    public String text() {
        return "za" + tile.index() + (vertical ? "v." : "h.") + tile.size().text()
                + ZaVectors.place(select, offset, count, "");
    }

    @Override
    public String toString() {
        return text();
    }
}
