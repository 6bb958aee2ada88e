/**
 * Stage six, emit: plans become source files, by way of programs and their lowerings.
 *
 * <p>Imports every stage before it but {@code check}, and of kernel-spec the types that the generated code names. Nothing
 * imports this package but the processor itself.
 */
@NullMarked
package dev.tilesmith.processor.emit;

import org.jspecify.annotations.NullMarked;
