/** Whole compilations with the processor in javac. */
@NullMarked
package dev.tilesmith.processor;

import org.jspecify.annotations.NullMarked;
