/** Tests of what lowerings have in common: each emits what the program says. */
@NullMarked
package dev.tilesmith.processor.lower;

import org.jspecify.annotations.NullMarked;
