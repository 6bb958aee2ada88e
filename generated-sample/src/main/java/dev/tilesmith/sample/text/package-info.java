/**
 * Text to tokens: the tokenizer that belongs to the model, and sentences read from a file.
 *
 * <p>Imports nothing of Tilesmith and nothing of this sample.
 */
@NullMarked
package dev.tilesmith.sample.text;

import org.jspecify.annotations.NullMarked;
