/** Tests of packed weights, and of files, whole and damaged. */
@NullMarked
package dev.tilesmith.kernel.packed;

import org.jspecify.annotations.NullMarked;
