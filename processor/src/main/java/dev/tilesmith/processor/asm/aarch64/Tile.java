package dev.tilesmith.processor.asm.aarch64;

/**
 * A tile of ZA: as many rows as a vector has elements.
 *
 * @param index 0 to one less than the bytes of an element
 * @param size of the elements
 */
public record Tile(int index, ElementSize size) implements Register {
    public Tile {
        Bounds.require("index of a tile of " + size.text() + " elements", index, 0, size.bits() / 8 - 1);
    }

    /** Tile {@code index} of 32-bit elements, 0 to 3. */
    public static Tile s(int index) {
        return new Tile(index, ElementSize.S);
    }

    /** Tile {@code index} of 64-bit elements, 0 to 7. */
    public static Tile d(int index) {
        return new Tile(index, ElementSize.D);
    }

    /** The rows from {@code select + offset} on. */
    public TileSlice rows(Gpr select, int offset, int count) {
        return new TileSlice(this, false, select, offset, count);
    }

    /** Row {@code select + offset}. */
    public TileSlice row(Gpr select, int offset) {
        return rows(select, offset, 1);
    }

    /** Column {@code select + offset}. */
    public TileSlice column(Gpr select, int offset) {
        return new TileSlice(this, true, select, offset, 1);
    }

    /** The 64-bit tiles it consists of, a bit for each. */
    int mask() {
        int mask = 0;
        for (int tile = index; tile < 8; tile += size.bits() / 8) {
            mask |= 1 << tile;
        }
        return mask;
    }

    @Override
    public Shape shape() {
        return new Shape("za", "." + size.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
