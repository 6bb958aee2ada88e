/**
 * Parts of work, handed to the threads of anybody's executor.
 *
 * <p>Not exported. Imports nothing of Tilesmith.
 */
@NullMarked
package dev.tilesmith.kernel.thread;

import org.jspecify.annotations.NullMarked;
