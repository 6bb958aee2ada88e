/**
 * Stage three, plan: which tiles a declaration becomes on which target, within its registers.
 *
 * <p>Imports {@code model} and the annotations; knows nothing of programs or of the code they become.
 */
@NullMarked
package dev.tilesmith.processor.plan;

import org.jspecify.annotations.NullMarked;
