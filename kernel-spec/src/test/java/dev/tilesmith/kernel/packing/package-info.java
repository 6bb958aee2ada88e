/** Tests of packing: what is refused, and the bytes of panels. */
@NullMarked
package dev.tilesmith.kernel.packing;

import org.jspecify.annotations.NullMarked;
