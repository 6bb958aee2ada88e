/** Tests of what memory may be used, and of scratch. */
@NullMarked
package dev.tilesmith.kernel.memory;

import org.jspecify.annotations.NullMarked;
