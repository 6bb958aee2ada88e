@NullMarked
package dev.tilesmith.word;

import org.jspecify.annotations.NullMarked;
