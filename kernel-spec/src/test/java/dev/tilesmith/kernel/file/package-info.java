/** Tests of files, whole and damaged. */
@NullMarked
package dev.tilesmith.kernel.file;

import org.jspecify.annotations.NullMarked;
