/**
 * A declaration that is swept where JMH is at hand: what of it is generated is among the bench's own benchmarks. Its lattice is kept
 * small, for the bench is compiled anew with every build.
 */
@NullMarked
package dev.tilesmith.bench.swept;

import org.jspecify.annotations.NullMarked;
