/**
 * Stage two, check, as far as it is alike for every operation: rules over a declaration, one class each, whose results are
 * values.
 *
 * <p>Imports {@code model} and the annotations. Its messages are one enum, and those of each operation another;
 * docs/diagnostics.md explains them all.
 */
@NullMarked
package dev.tilesmith.processor.check;

import org.jspecify.annotations.NullMarked;
