/** Tests of recipes. */
@NullMarked
package dev.tilesmith.processor.operation.matmul.recipe;

import org.jspecify.annotations.NullMarked;
