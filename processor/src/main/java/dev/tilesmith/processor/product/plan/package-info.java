/**
 * Stage three of products, plan: which targets a declaration has families for, what these sum, and in which tiles,
 * within their registers.
 *
 * <p>Imports what was read, the annotations, recipes and targets, and {@code program}'s contractions; knows nothing of the code
 * that programs become.
 */
@NullMarked
package dev.tilesmith.processor.product.plan;

import org.jspecify.annotations.NullMarked;
