/**
 * A network for images as a list of steps, with nothing of the file's format and nothing of how it is computed; and what can be
 * folded into what.
 *
 * <p>Imports shapes and activations of Tilesmith, and nothing of this sample.
 */
@NullMarked
package dev.tilesmith.sample.network;

import org.jspecify.annotations.NullMarked;
