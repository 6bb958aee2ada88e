package dev.tilesmith.processor.product.recipe;

import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.spec.Format;

/**
 * The scales of blocks of weights.
 *
 * @param format their format, as a declaration says it
 * @param end what they do at the end of a block
 */
public record BlockScales(Format format, BlockEnd end) {}
