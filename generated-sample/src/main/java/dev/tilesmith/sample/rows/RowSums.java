package dev.tilesmith.sample.rows;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over a row in one order, whatever the length of vectors: column c goes to partial sum c mod {@value
 * PartialSums#COUNT}, and halves of the partial sums are added until one is left. Where a vector has fewer lanes, the
 * row is gone over several times, a part of the partial sums each.
 *
 * <p>No loop hands its vector on to another method: the JIT may box it. {@code reduceLanes} would not do either: it may take
 * another order once the JIT has compiled it.
 */
final class RowSums {
    private static final VectorSpecies<Float> S = VectorMath.SPECIES;
    private static final int LANES = S.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final boolean ONE_VECTOR = LANES == PartialSums.COUNT;

    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    private RowSums() {}

    private static VectorShuffle<Float> rotation(int lanes) {
        return VectorShuffle.iota(S, lanes % LANES, 1, true);
    }

    /**
     * Adds {@code width} floats of y, a multiple of 16, to as many of x.
     *
     * @param xAt bytes from the start of {@code x} to the first
     * @param yAt bytes from the start of {@code y} to the first
     * @return the sum of the results
     */
    static float add(MemorySegment x, long xAt, MemorySegment y, long yAt, int width) {
        if (ONE_VECTOR) {
            return addInOneVector(x, xAt, y, yAt, width);
        }
        final float[] sums = new float[PartialSums.COUNT];
        for (int part = 0; part < sums.length; part += LANES) {
            addPart(x, xAt, y, yAt, width, part, sums);
        }
        return PartialSums.join(sums);
    }

    /** Σ (x - mean)², fused, over {@code width} floats, a multiple of 16, from byte {@code at} on. */
    static float squares(MemorySegment x, long at, int width, float mean) {
        if (ONE_VECTOR) {
            return squaresInOneVector(x, at, width, mean);
        }
        final float[] sums = new float[PartialSums.COUNT];
        for (int part = 0; part < sums.length; part += LANES) {
            squarePart(x, at, width, mean, part, sums);
        }
        return PartialSums.join(sums);
    }

    private static float addInOneVector(MemorySegment x, long xAt, MemorySegment y, long yAt, int width) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = 0; i < width; i += LANES) {
            final long step = i * 4L;
            final FloatVector value = FloatVector.fromMemorySegment(S, x, xAt + step, ORDER)
                    .add(FloatVector.fromMemorySegment(S, y, yAt + step, ORDER));
            value.intoMemorySegment(x, xAt + step, ORDER);
            sum = sum.add(value);
        }
        return join(sum);
    }

    private static void addPart(
            MemorySegment x, long xAt, MemorySegment y, long yAt, int width, int part, float[] sums) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = part; i < width; i += PartialSums.COUNT) {
            final long step = i * 4L;
            final FloatVector value = FloatVector.fromMemorySegment(S, x, xAt + step, ORDER)
                    .add(FloatVector.fromMemorySegment(S, y, yAt + step, ORDER));
            value.intoMemorySegment(x, xAt + step, ORDER);
            sum = sum.add(value);
        }
        sum.intoArray(sums, part);
    }

    private static float squaresInOneVector(MemorySegment x, long at, int width, float mean) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = 0; i < width; i += LANES) {
            final FloatVector centred =
                    FloatVector.fromMemorySegment(S, x, at + i * 4L, ORDER).sub(mean);
            sum = centred.fma(centred, sum);
        }
        return join(sum);
    }

    private static void squarePart(MemorySegment x, long at, int width, float mean, int part, float[] sums) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = part; i < width; i += PartialSums.COUNT) {
            final FloatVector centred =
                    FloatVector.fromMemorySegment(S, x, at + i * 4L, ORDER).sub(mean);
            sum = centred.fma(centred, sum);
        }
        sum.intoArray(sums, part);
    }

    /** As {@link PartialSums#join}, of the lanes of one vector. */
    private static float join(FloatVector sums) {
        final FloatVector eight = sums.add(sums.rearrange(BY_8));
        final FloatVector four = eight.add(eight.rearrange(BY_4));
        final FloatVector two = four.add(four.rearrange(BY_2));
        return two.add(two.rearrange(BY_1)).lane(0);
    }
}
