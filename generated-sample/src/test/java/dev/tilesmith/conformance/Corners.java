package dev.tilesmith.conformance;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import java.util.HashMap;
import java.util.Map;

/**
 * Products of any height and width up to some, of one format: the reference computes the largest of each depth once, and
 * the others are its corners.
 */
final class Corners {
    private final FormatUnderTest format;
    private final int m;
    private final int n;
    private final Map<Key, Case> largest = new HashMap<>();

    private record Key(Depth depth, Samples samples, Bounds bounds) {}

    /** Products of at most m × n results. */
    Corners(FormatUnderTest format, int m, int n) {
        this.format = format;
        this.m = m;
        this.n = n;
    }

    Case of(int rows, int columns, Depth depth, Samples samples, Bounds bounds) {
        return largest.computeIfAbsent(
                        new Key(depth, samples, bounds), _ -> Case.of(format, m, n, depth, samples, bounds))
                .corner(format, rows, columns, depth, samples);
    }
}
