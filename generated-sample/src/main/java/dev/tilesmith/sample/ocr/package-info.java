/**
 * Reads printed text: PP-OCRv4 finds lines and reads them, its networks on declared kernels, beside ONNX Runtime.
 *
 * <p>Puts the other packages of this sample together.
 */
@NullMarked
package dev.tilesmith.sample.ocr;

import org.jspecify.annotations.NullMarked;
