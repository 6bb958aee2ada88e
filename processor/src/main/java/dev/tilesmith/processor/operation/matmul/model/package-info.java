/**
 * Stage one of matrix products, read: their annotations become immutable records.
 *
 * <p>Imports {@code processor.model}, with which types are read, and the annotations.
 */
@NullMarked
package dev.tilesmith.processor.operation.matmul.model;

import org.jspecify.annotations.NullMarked;
