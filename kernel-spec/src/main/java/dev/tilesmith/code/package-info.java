/**
 * Machine code at run time: memory that can be executed, memory in huge pages, and the call into it, through the foreign
 * function interface alone.
 *
 * <p>Imports nothing of Tilesmith: what the code does is not its business.
 */
@NullMarked
package dev.tilesmith.code;

import org.jspecify.annotations.NullMarked;
