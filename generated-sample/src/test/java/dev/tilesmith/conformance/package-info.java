/** Every declared kernel, every variant, every awkward shape: bits equal to the reference. */
@NullMarked
package dev.tilesmith.conformance;

import org.jspecify.annotations.NullMarked;
