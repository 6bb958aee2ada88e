/** Tests of code placement. */
@NullMarked
package dev.tilesmith.code;

import org.jspecify.annotations.NullMarked;
