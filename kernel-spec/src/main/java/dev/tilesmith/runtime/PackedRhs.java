package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;

/**
 * Weights re-laid for one family of kernels: panels of nr columns, each with all of K and then its metadata.
 *
 * <p>Immutable, and shared freely between threads and between kernels of the same layout.
 *
 * @param layout how the panels are laid out
 * @param n number of output channels
 * @param k length of the sums
 * @param data the panels: {@code layout.bytes(n, k)} bytes, aligned to 64
 */
public record PackedRhs(PanelLayout layout, int n, int k, MemorySegment data) {
    /** Checks that the data are what the layout asks for. */
    public PackedRhs {
        if (data.byteSize() != layout.bytes(n, k)) {
            throw new IllegalArgumentException("data: " + data.byteSize() + " bytes; " + n + " x " + k + " in " + layout
                    + " take " + layout.bytes(n, k));
        }
    }
}
