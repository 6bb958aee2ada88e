/**
 * The choice among a declaration's families for a host and for classes of shapes: what each target needs, what this JVM was
 * told, what a tuning profile picks, and why.
 *
 * <p>Generated code calls this; it is not for users. Imports {@code runtime}, {@code tune}, {@code layout}, {@code setting},
 * {@code cpu} and {@code code}, and of {@code drive} what a kernel is put together from; knows nothing of how a family computes.
 */
@NullMarked
package dev.tilesmith.kernel.dispatch;

import org.jspecify.annotations.NullMarked;
