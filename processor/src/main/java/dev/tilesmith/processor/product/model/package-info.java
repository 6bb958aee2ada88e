/**
 * Stage one of products, read: their annotations become immutable records.
 *
 * <p>Imports {@code processor.model}, with which types are read, and the annotations.
 */
@NullMarked
package dev.tilesmith.processor.product.model;

import org.jspecify.annotations.NullMarked;
