/**
 * A BERT sentence encoder on matrix kernels: weights packed once for a kernel, and sentences run through the layers.
 *
 * <p>Imports {@code model}, {@code rows} and Tilesmith's runtime; it knows neither the file nor the tokenizer, and not
 * which formats the kernel multiplies.
 */
@NullMarked
package dev.tilesmith.sample.encoder;

import org.jspecify.annotations.NullMarked;
