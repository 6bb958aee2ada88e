/** Plans without javac. */
@NullMarked
package dev.tilesmith.processor.plan;

import org.jspecify.annotations.NullMarked;
