/**
 * The smallest program there is: one declaration, and the kernel that javac makes of it.
 *
 * <p>Imports Tilesmith alone.
 */
@NullMarked
package dev.tilesmith.sample.quickstart;

import org.jspecify.annotations.NullMarked;
