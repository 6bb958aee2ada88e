/**
 * ONNX Runtime on the same file, to measure the distance from.
 *
 * <p>Imports nothing of Tilesmith and nothing of this sample.
 */
@NullMarked
package dev.tilesmith.sample.peer;

import org.jspecify.annotations.NullMarked;
