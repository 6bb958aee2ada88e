package dev.tilesmith.sweep.limit;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads memory and does next to nothing with it: the sum of its floats, from several places at once for the prefetchers.
 *
 * @param segment what is read; bytes beyond the last multiple of {@link #STEP} are not
 */
public record StreamedLoads(MemorySegment segment) {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int STREAMS = 4;

    /** Bytes of a step: one vector of each stream, as wide as there are. */
    private static final long STEP = STREAMS * 64L;

    /** Bytes that are read. */
    public long bytes() {
        return segment.byteSize() / STEP * STEP;
    }

    /** Reads everything once. */
    public float run() {
        final long stream = bytes() / STREAMS;
        final int step = SPECIES.vectorByteSize();
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = FloatVector.zero(SPECIES);
        FloatVector c = FloatVector.zero(SPECIES);
        FloatVector d = FloatVector.zero(SPECIES);
        for (long at = 0; at < stream; at += step) {
            a = a.add(load(at));
            b = b.add(load(at + stream));
            c = c.add(load(at + 2 * stream));
            d = d.add(load(at + 3 * stream));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }

    private FloatVector load(long at) {
        return FloatVector.fromMemorySegment(SPECIES, segment, at, ByteOrder.nativeOrder());
    }
}
