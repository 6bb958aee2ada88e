/**
 * Stage four, program: a micro-kernel as a contraction, which says what is summed over K, and an epilogue, which is what is
 * done with the sums; the same for every instruction set; and an interpreter that runs it anywhere.
 *
 * <p>Imports nothing of Tilesmith: the shape of a tile comes as numbers. Knows nothing of what it is lowered to.
 */
@NullMarked
package dev.tilesmith.processor.program;

import org.jspecify.annotations.NullMarked;
