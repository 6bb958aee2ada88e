/**
 * All that a declaration can say: the annotations, and the enums of their values.
 *
 * <p>Imports nothing of Tilesmith: every other package may import this one.
 */
@NullMarked
package dev.tilesmith.spec;

import org.jspecify.annotations.NullMarked;
