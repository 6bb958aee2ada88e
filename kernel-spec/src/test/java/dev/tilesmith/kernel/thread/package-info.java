/** Tests with executors that may do anything. */
@NullMarked
package dev.tilesmith.kernel.thread;

import org.jspecify.annotations.NullMarked;
