/**
 * Arithmetic of sizes in memory. Not exported: what users see of it is refusals.
 *
 * <p>Imports nothing of Tilesmith.
 */
@NullMarked
package dev.tilesmith.size;

import org.jspecify.annotations.NullMarked;
