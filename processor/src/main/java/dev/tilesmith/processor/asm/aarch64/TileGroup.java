package dev.tilesmith.processor.asm.aarch64;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Tiles to be zeroed.
 *
 * @param tiles none, some or all
 */
public record TileGroup(List<Tile> tiles) implements Operand {
    public TileGroup {
        tiles = List.copyOf(tiles);
    }

    /** These tiles. */
    public static TileGroup tiles(Tile... tiles) {
        return new TileGroup(List.of(tiles));
    }

    /** All of ZA. */
    public static TileGroup all() {
        return tiles(new Tile(0, ElementSize.B));
    }

    /** The 64-bit tiles they consist of, a bit for each. */
    int mask() {
        return tiles.stream().mapToInt(Tile::mask).reduce(0, (a, b) -> a | b);
    }

    @Override
    public String text() {
        return tiles.stream().map(Tile::text).collect(Collectors.joining(", ", "{", "}"));
    }

    @Override
    public String toString() {
        return text();
    }
}
