/**
 * Stage two, check: rules over a declaration, one class each, whose results are values.
 *
 * <p>Imports {@code model}, the annotations, and {@code plan} for the limits that it plans within. Its messages are one
 * enum, which docs/diagnostics.md explains.
 */
@NullMarked
package dev.tilesmith.processor.check;

import org.jspecify.annotations.NullMarked;
