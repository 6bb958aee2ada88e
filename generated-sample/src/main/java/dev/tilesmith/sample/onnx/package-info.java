/**
 * Reads a quantized BERT encoder from an ONNX file by walking its graph from the output back to the embeddings.
 *
 * <p>And networks for images, likewise, as a list of steps.
 *
 * <p>Imports {@code model}, {@code network}, the shapes and activations of Tilesmith, and the ONNX protobuf classes.
 */
@NullMarked
package dev.tilesmith.sample.onnx;

import org.jspecify.annotations.NullMarked;
