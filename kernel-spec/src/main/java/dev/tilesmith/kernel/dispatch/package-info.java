/**
 * The choice among a declaration's families for a host: what each target needs, what this JVM was told, and why.
 *
 * <p>Generated code calls this; it is not for users. Imports {@code runtime}, {@code layout}, {@code setting}, {@code cpu} and
 * {@code code}; knows nothing of how a family computes.
 */
@NullMarked
package dev.tilesmith.kernel.dispatch;

import org.jspecify.annotations.NullMarked;
