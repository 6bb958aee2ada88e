package dev.tilesmith.kernel.packing;

import java.lang.foreign.MemorySegment;

/** Where rows have blocks too, or nothing is scaled, nothing needs sums of weights. */
record NoSums() implements PanelSums {
    @Override
    public void begin() {}

    @Override
    public void add(ValueGroups values, int groups, BlockScales scales) {}

    @Override
    public void write(MemorySegment to, long metadata, int column, int columns, BlockScales scales) {}
}
