@NullMarked
package dev.tilesmith.tune;

import org.jspecify.annotations.NullMarked;
