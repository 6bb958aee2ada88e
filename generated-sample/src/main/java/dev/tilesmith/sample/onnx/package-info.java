/**
 * Reads a quantized BERT encoder from an ONNX file by walking its graph from the output back to the embeddings.
 *
 * <p>Imports {@code model} and the ONNX protobuf classes; nothing of Tilesmith.
 */
@NullMarked
package dev.tilesmith.sample.onnx;

import org.jspecify.annotations.NullMarked;
