/** The walls between the stages, as docs/architecture.md draws them. */
@NullMarked
package dev.tilesmith.processor.architecture;

import org.jspecify.annotations.NullMarked;
