/**
 * Stage six of products, emit: plans become source files, by way of programs and their lowerings.
 *
 * <p>Imports every stage before it but {@code check}, {@code processor.emit}, and of kernel-spec the types that the generated
 * code names.
 */
@NullMarked
package dev.tilesmith.processor.product.emit;

import org.jspecify.annotations.NullMarked;
