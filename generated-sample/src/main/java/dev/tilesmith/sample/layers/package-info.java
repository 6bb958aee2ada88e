/**
 * Networks of {@code network} on declared kernels: filters packed once, and feature maps run through the steps.
 *
 * <p>Imports {@code network}, {@code rows} and Tilesmith's runtime; it knows neither the file nor what images show.
 */
@NullMarked
package dev.tilesmith.sample.layers;

import org.jspecify.annotations.NullMarked;
