/**
 * The weights of a BERT encoder as its file holds them: int8 values with their scales, embeddings, layer norms.
 *
 * <p>Immutable records, with nothing of the file's format. Imports nothing of Tilesmith and nothing of this sample.
 */
@NullMarked
package dev.tilesmith.sample.model;

import org.jspecify.annotations.NullMarked;
