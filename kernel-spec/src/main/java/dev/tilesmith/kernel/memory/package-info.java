/**
 * Memory of calls: whether it may be used, whether operands share it, and scratch that is kept from one call to the next.
 *
 * <p>Not exported. Imports {@code code} and {@code runtime}.
 */
@NullMarked
package dev.tilesmith.kernel.memory;

import org.jspecify.annotations.NullMarked;
