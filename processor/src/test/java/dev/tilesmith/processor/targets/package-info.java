/** Tests of targets. */
@NullMarked
package dev.tilesmith.processor.targets;

import org.jspecify.annotations.NullMarked;
