@NullMarked
package dev.tilesmith.size;

import org.jspecify.annotations.NullMarked;
