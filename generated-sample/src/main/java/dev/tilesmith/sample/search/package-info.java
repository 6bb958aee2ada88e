/**
 * Semantic search over the lines of a text: the program that the sample's run command starts.
 *
 * <p>Imports every other package of the sample; none imports it.
 */
@NullMarked
package dev.tilesmith.sample.search;

import org.jspecify.annotations.NullMarked;
