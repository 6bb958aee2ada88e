package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Matrix;

/** Copies values of a matrix into Java arrays, as floats. */
interface FloatReader {
    /**
     * Copies values that lie together.
     *
     * @param first the first, counted from the start of the storage
     * @param at where it goes in the array
     */
    void read(Matrix from, long first, int count, float[] to, int at);
}
