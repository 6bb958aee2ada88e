/**
 * The fit of the cost model to sweeps: its factors, and how well it ranks with them.
 *
 * <p>Imports {@code report.record}, and of kernel-spec {@code tune}, {@code spec} and {@code cpu}.
 */
@NullMarked
package dev.tilesmith.sweep.fit;

import org.jspecify.annotations.NullMarked;
