/** The entry of the processor: one thin class that runs the stages in order. */
@NullMarked
package dev.tilesmith.processor;

import org.jspecify.annotations.NullMarked;
