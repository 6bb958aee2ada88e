/**
 * A second operation, the smallest there can be, which only tests have: values times a number. docs/adding-an-operation.md
 * goes through it file by file.
 */
@NullMarked
package dev.tilesmith.processor.operation.scaling;

import org.jspecify.annotations.NullMarked;
