/**
 * The choice among a declaration's families for a host: what each target needs, what this JVM was told, and why.
 *
 * <p>Not exported. Imports {@code runtime}, {@code layout}, {@code cpu} and {@code code}.
 */
@NullMarked
package dev.tilesmith.kernel.dispatch;

import org.jspecify.annotations.NullMarked;
