package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;

/**
 * What a segment over a Java array shows of it.
 *
 * @param array the array
 * @param first bytes from its start to the first that the segment shows
 */
record ArraySlice(Object array, long first) {
    /**
     * The array of a segment that is not outside the heap.
     *
     * @throws IllegalArgumentException if the segment is read-only
     */
    static ArraySlice of(MemorySegment data) {
        final Object array = data.heapBase().orElseThrow(ArraySlice::readOnly);
        // the address of a segment on the heap is its distance from the start of the array
        return new ArraySlice(array, data.address());
    }

    private static IllegalArgumentException readOnly() {
        return new IllegalArgumentException(
                "data: a read-only segment over a Java array, which the JVM gives to nobody; expected the array"
                        + " itself, a segment over it that can be written, or memory outside the heap");
    }

    /**
     * The first element that the segment shows.
     *
     * @throws IllegalArgumentException if the segment begins within an element
     */
    long firstElement(int elementBytes) {
        if (first % elementBytes != 0) {
            throw new IllegalArgumentException("data: a segment from byte " + first + " of " + name()
                    + ", within an element; expected a multiple of " + elementBytes);
        }
        return first / elementBytes;
    }

    /** Why the array is not one of {@code expected}. */
    IllegalArgumentException unexpected(String expected) {
        return new IllegalArgumentException(
                "data: a segment over " + name() + "; expected memory outside the heap, or a segment over " + expected);
    }

    /** Why the segment is not one of a {@link Matrix.Segment}. */
    IllegalArgumentException withinMatrix() {
        return new IllegalArgumentException("data: a segment over a Java array; expected memory outside the heap, or"
                + " Matrix.of or Matrix.ofBytes, which take the array");
    }

    private String name() {
        return (array instanceof int[] ? "an " : "a ") + array.getClass().getSimpleName();
    }
}
