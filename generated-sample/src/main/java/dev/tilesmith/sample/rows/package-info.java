/**
 * What a transformer computes besides matrix products: layer norms, GELU, attention, pooling, on rows of f32 outside
 * the heap.
 *
 * <p>Vector API where the JVM has it, else plain Java. Imports nothing of Tilesmith and nothing of this sample.
 */
@NullMarked
package dev.tilesmith.sample.rows;

import org.jspecify.annotations.NullMarked;
