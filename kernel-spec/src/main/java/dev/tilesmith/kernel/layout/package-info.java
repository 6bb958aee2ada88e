/**
 * What formats are where kernels run, and how operands lie once they are packed or prepared: panels of weights and the
 * parts of these, groups of rows.
 *
 * <p>Generated code and the annotation processor name these types; they are not for users. Imports {@code spec}, {@code size},
 * {@code runtime}, {@code argument} and {@code target}.
 */
@NullMarked
package dev.tilesmith.kernel.layout;

import org.jspecify.annotations.NullMarked;
