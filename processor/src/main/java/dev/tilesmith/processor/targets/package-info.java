/**
 * The targets there are: which object is behind each name that declarations have, and which is preferred to which.
 *
 * <p>Imports {@code lower}, whose objects these are, and the annotations.
 */
@NullMarked
package dev.tilesmith.processor.targets;

import org.jspecify.annotations.NullMarked;
