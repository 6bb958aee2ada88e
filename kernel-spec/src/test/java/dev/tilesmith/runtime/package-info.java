/** What the runtime does by itself, beside the reference; kernels are tested where they are generated. */
@NullMarked
package dev.tilesmith.runtime;

import org.jspecify.annotations.NullMarked;
