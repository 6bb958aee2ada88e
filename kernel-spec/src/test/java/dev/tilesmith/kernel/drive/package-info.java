/** Tests of the driver, beside the reference; kernels are tested where they are generated. */
@NullMarked
package dev.tilesmith.kernel.drive;

import org.jspecify.annotations.NullMarked;
