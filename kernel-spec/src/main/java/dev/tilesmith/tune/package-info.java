/**
 * What measurement may decide: the settings that machine code and its driver are tuned by, the shapes that kernels are chosen
 * for, the profile of a CPU that says what measured best, and the cost model for where nothing was measured.
 *
 * <p>Imports {@code spec}, {@code cpu} and {@code word} alone; {@code runtime} and what is inside import it.
 */
@NullMarked
package dev.tilesmith.tune;

import org.jspecify.annotations.NullMarked;
