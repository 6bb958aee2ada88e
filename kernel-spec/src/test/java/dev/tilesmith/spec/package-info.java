/** Tests of the reference itself: against ranges that are small enough to know all answers, and against doubles. */
@NullMarked
package dev.tilesmith.spec;

import org.jspecify.annotations.NullMarked;
