/**
 * Words that people write where only some are known, and what was meant by others. Not exported: what users see of it is
 * refusals.
 *
 * <p>Imports nothing of Tilesmith.
 */
@NullMarked
package dev.tilesmith.word;

import org.jspecify.annotations.NullMarked;
