package dev.tilesmith.processor.product.recipe;

import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Product;
import java.util.List;

/**
 * The weights, and how they are multiplied.
 *
 * @param explanation what a caller gives
 * @param stored what panels have
 * @param scales scales that blocks may have, the default first; empty if there are no blocks with scales of their own
 * @param sums what is summed of them
 */
record RightOperand(String explanation, Stored stored, List<BlockScales> scales, Sums sums) {
    /** What is summed, by any target's product. */
    @FunctionalInterface
    interface Sums {
        /**
         * The contraction.
         *
         * @param product what is multiplied at once
         * @param order how values of which a byte holds several are multiplied
         * @param end what the scales of blocks do
         */
        Contraction by(Product product, Order order, BlockEnd end);
    }

    /** Whether it may be given in floats. */
    boolean isMadeOfFloats() {
        return switch (stored) {
            case F32, F16, BF16, INT8, NIBBLES -> true;
            case TWO_BITS -> false;
        };
    }

    /** Makes the list immutable. */
    RightOperand {
        scales = List.copyOf(scales);
    }
}
