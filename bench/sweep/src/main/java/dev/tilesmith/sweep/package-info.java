/**
 * Sweeps: which variant of a declared kernel, and which setting of it, is best on the machine at hand. {@code Main} is the
 * command, and {@code SweptProduct} what a generated JMH class measures.
 *
 * <p>Imports kernel-spec and what is within; of this module nobody imports it but those who run it.
 */
@NullMarked
package dev.tilesmith.sweep;

import org.jspecify.annotations.NullMarked;
