/** Tests of the choice of a family. */
@NullMarked
package dev.tilesmith.kernel.dispatch;

import org.jspecify.annotations.NullMarked;
