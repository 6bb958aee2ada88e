/**
 * Stage one, read, as far as it is alike for every operation: annotated types become immutable records that know nothing of
 * javac, and locations that can be turned back into it for a message.
 *
 * <p>Imports the annotations alone, of all of Tilesmith.
 */
@NullMarked
package dev.tilesmith.processor.model;

import org.jspecify.annotations.NullMarked;
