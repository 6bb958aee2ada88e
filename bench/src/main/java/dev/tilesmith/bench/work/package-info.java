/**
 * What is measured: shapes, the operations on them, their operands, and the answer in double precision.
 *
 * <p>Imports the JDK, the runtime, and what beyond caches is; this package knows of nobody who computes.
 */
@NullMarked
package dev.tilesmith.bench.work;

import org.jspecify.annotations.NullMarked;
