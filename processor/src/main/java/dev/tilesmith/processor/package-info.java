/**
 * The entry of the processor: one thin class that runs the stages in order.
 *
 * <p>Imports {@code model}, {@code check}, {@code emit} and {@code operation}, and of each operation the one class that is in its
 * list; nothing imports this package. No stage looks back: a test holds each of them to the imports that its package names.
 */
@NullMarked
package dev.tilesmith.processor;

import org.jspecify.annotations.NullMarked;
