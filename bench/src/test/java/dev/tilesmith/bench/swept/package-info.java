/** A declaration that is swept where JMH is at hand. */
@NullMarked
package dev.tilesmith.bench.swept;

import org.jspecify.annotations.NullMarked;
