/**
 * The driver: checks a call, cuts it into parts, prepares rows, and runs a family's generated code over them.
 *
 * <p>Generated code calls this; it is not for users. Imports all of {@code kernel} but {@code dispatch}.
 */
@NullMarked
package dev.tilesmith.kernel.drive;

import org.jspecify.annotations.NullMarked;
