/**
 * How operands lie once they are packed or prepared: panels of weights, groups of rows.
 *
 * <p>Generated code and the annotation processor name these types; they are not for users. Imports {@code spec}, {@code size},
 * {@code runtime} and {@code argument}.
 */
@NullMarked
package dev.tilesmith.kernel.layout;

import org.jspecify.annotations.NullMarked;
