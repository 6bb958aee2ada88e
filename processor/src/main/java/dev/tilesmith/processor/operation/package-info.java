/**
 * What operations are to the processor. Each has a package of its own within this one.
 *
 * <p>Imports what all operations share of reading, checking and emitting, none of which imports it; no operation imports
 * another.
 */
@NullMarked
package dev.tilesmith.processor.operation;

import org.jspecify.annotations.NullMarked;
