/**
 * Scalar code that defines each format and operation: the oracle of every test. It is written to be read beside the
 * formula, not to be fast.
 *
 * <p>Imports {@code runtime} for the operands' types, and {@code spec}; nothing imports this package but tests and benchmarks.
 */
@NullMarked
package dev.tilesmith.reference;

import org.jspecify.annotations.NullMarked;
