/**
 * What each target is where kernels run: architecture, features, the rows that its code takes together.
 *
 * <p>Imports {@code spec} and {@code cpu} alone. Generated code does not name it, and users do not.
 */
@NullMarked
package dev.tilesmith.kernel.target;

import org.jspecify.annotations.NullMarked;
