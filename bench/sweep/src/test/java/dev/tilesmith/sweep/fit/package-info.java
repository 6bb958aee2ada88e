/** Tests of the fit of the cost model. */
@NullMarked
package dev.tilesmith.sweep.fit;

import org.jspecify.annotations.NullMarked;
