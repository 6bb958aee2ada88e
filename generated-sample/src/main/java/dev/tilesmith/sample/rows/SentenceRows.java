package dev.tilesmith.sample.rows;

import java.lang.foreign.MemorySegment;

/**
 * Where a sentence's rows lie: those of query, key and value side by side, and those of attention's result.
 *
 * @param queryKeyValue rows of {@code 3 * heads * headWidth} floats
 * @param offset float at which the sentence's first row starts
 * @param stride floats from one row to the next
 * @param result dense rows of {@code heads * headWidth} floats
 * @param resultOffset float at which the sentence's first row starts
 * @param tokens number of rows, at least 1
 */
public record SentenceRows(
        MemorySegment queryKeyValue, long offset, long stride, MemorySegment result, long resultOffset, int tokens) {}
