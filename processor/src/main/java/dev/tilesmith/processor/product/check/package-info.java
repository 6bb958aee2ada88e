/**
 * Stage two of products, check: rules about formats, targets and tiles, one class each.
 *
 * <p>Imports {@code processor.check}, what was read, recipes, and the plan for the limits that it plans within. Its messages
 * are one enum, which docs/diagnostics.md explains.
 */
@NullMarked
package dev.tilesmith.processor.product.check;

import org.jspecify.annotations.NullMarked;
