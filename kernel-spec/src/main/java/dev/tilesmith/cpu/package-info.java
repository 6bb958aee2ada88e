@NullMarked
package dev.tilesmith.cpu;

import org.jspecify.annotations.NullMarked;
