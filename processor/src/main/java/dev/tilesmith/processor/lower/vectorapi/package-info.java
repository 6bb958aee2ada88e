/**
 * Stage five for Java: programs become the bodies of methods, on the Vector API or, a lane at a time, on plain floats.
 *
 * <p>Imports {@code program} and {@code lower}; knows nothing of declarations, plans, or the classes that the methods go into.
 */
@NullMarked
package dev.tilesmith.processor.lower.vectorapi;

import org.jspecify.annotations.NullMarked;
