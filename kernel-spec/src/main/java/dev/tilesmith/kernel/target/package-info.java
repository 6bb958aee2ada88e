/**
 * What each target is where kernels run: architecture, features, the rows that its code takes together.
 *
 * <p>Imports {@code spec} and {@code cpu} alone. It is not for users, nor does generated code name it: the annotation
 * processor is held to it.
 */
@NullMarked
package dev.tilesmith.kernel.target;

import org.jspecify.annotations.NullMarked;
