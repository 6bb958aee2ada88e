/** Tests of the types that users touch. */
@NullMarked
package dev.tilesmith.runtime;

import org.jspecify.annotations.NullMarked;
