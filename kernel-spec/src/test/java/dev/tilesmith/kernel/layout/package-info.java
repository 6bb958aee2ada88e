/** Tests of how operands lie. */
@NullMarked
package dev.tilesmith.kernel.layout;

import org.jspecify.annotations.NullMarked;
