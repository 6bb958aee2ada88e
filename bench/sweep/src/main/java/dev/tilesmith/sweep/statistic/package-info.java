/**
 * What many times of the same thing say: medians, how sure they are, and whether something disturbed them.
 *
 * <p>Imports nothing of Tilesmith.
 */
@NullMarked
package dev.tilesmith.sweep.statistic;

import org.jspecify.annotations.NullMarked;
