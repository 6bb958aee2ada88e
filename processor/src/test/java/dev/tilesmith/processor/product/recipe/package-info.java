/** Tests of recipes. */
@NullMarked
package dev.tilesmith.processor.product.recipe;

import org.jspecify.annotations.NullMarked;
