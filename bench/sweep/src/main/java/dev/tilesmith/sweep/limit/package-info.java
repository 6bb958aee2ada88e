/**
 * What a machine gives at best to code that does nothing else: the ceilings under which the results of a sweep are shown.
 *
 * <p>Imports kernel-spec, {@code measure} and {@code operand}.
 */
@NullMarked
package dev.tilesmith.sweep.limit;

import org.jspecify.annotations.NullMarked;
