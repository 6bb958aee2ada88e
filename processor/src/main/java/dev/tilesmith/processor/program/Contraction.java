package dev.tilesmith.processor.program;

import dev.tilesmith.processor.program.Decoding.Addend;
import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Decoding.Stored;
import java.util.Optional;

/**
 * What a micro-kernel sums over K. It says what, not how: a target's engine implements it, in registers and an order of
 * its own, and refuses each value of each component that it does not implement.
 *
 * @param lhs the left operand's elements, as they are stored
 * @param rhs how the right operand's become elements
 * @param product what is multiplied at once
 * @param beginning what sums begin with
 * @param end what happens at the end of a block of K
 */
public record Contraction(Element lhs, Decoding rhs, Product product, Beginning beginning, BlockEnd end) {
    private static final BlockEnd NO_BLOCKS = new BlockEnd.None();

    /** Refuses products of elements that are not theirs. */
    public Contraction {
        if (!product.takes(lhs, rhs.element())) {
            throw new IllegalArgumentException(
                    "product: " + product + " does not multiply " + lhs + " with " + rhs.element());
        }
    }

    /** f32: each sum is one chain of fused multiply-adds in ascending order of k. */
    public static Contraction f32(Product product) {
        return floats(product, Stored.F32);
    }

    /** The same of weights that are stored as floats of any kind, and widened. */
    public static Contraction floats(Product product, Stored stored) {
        return new Contraction(Element.F32, Decoding.ofFloats(stored), product, Beginning.RESULT, NO_BLOCKS);
    }

    /**
     * Where a row has values for each column: all of K at once, of floats in ascending order from +0 on, of int8 as far as the product's sums
     * are exact. Of {@link Product#DOT_OF_FOUR_BY_COLUMN} the left operand is unsigned.
     */
    public static Contraction byColumn(Product product, Stored stored) {
        final Element lhs = product == Product.DOT_OF_FOUR_BY_COLUMN ? Element.U8 : signed(product);
        final Decoding rhs = new Decoding(stored, signed(product), Addend.NOTHING, Order.PART_BY_PART);
        return new Contraction(lhs, rhs, product, Beginning.ZERO, NO_BLOCKS);
    }

    /** BF16 on both sides, which a product multiplies as they are, and adds in an order of its own. */
    public static Contraction bf16(Product product) {
        return new Contraction(Element.BF16, Decoding.ofBf16(), product, Beginning.ZERO, NO_BLOCKS);
    }

    /** The same where sums begin with the biases of their columns. */
    public Contraction fromBiases() {
        return new Contraction(lhs, rhs, product, Beginning.BIAS, end);
    }

    /**
     * int8 over all of K. Of {@link Product#DOT_OF_FOUR} the left operand is the unsigned one, as it is stored: its zero point
     * says so.
     */
    public static Contraction int8(Product product) {
        final Element lhs = product == Product.DOT_OF_FOUR ? Element.U8 : signed(product);
        final Decoding rhs = new Decoding(Stored.INT8, signed(product), Addend.NOTHING, Order.PART_BY_PART);
        return new Contraction(lhs, rhs, product, Beginning.ZERO, NO_BLOCKS);
    }

    /**
     * int8 in blocks. For {@link Product#DOT_OF_FOUR} 128 is added to weights as they are loaded; what sums begin with takes
     * that off.
     */
    public static Contraction int8(Product product, BlockEnd end) {
        if (product == Product.DOT_OF_FOUR) {
            final Decoding rhs = new Decoding(Stored.INT8, Element.U8, Addend.PLUS_128, Order.PART_BY_PART);
            return new Contraction(Element.I8, rhs, product, Beginning.ROW, end);
        }
        final Contraction sums = int8(product);
        return new Contraction(sums.lhs, sums.rhs, product, Beginning.ZERO, end);
    }

    /**
     * Weights of four bits with scales of their own, or of their channels: from -8 to 7, stored with 8 added. What sums begin
     * with takes that off, or, where all values of a byte are multiplied at once, the loads.
     */
    public static Contraction int4(Product product, Order order, BlockEnd end) {
        return order == Order.ALL_AT_ONCE
                ? nibbles(product, order, Addend.MINUS_8, Beginning.ZERO, end)
                : nibbles(product, order, Addend.NOTHING, Beginning.ROW, end);
    }

    /** Weights of four bits that are what is stored: blocks have minima. */
    public static Contraction unsignedInt4(Product product, Order order, BlockEnd end) {
        return nibbles(product, order, Addend.NOTHING, Beginning.ZERO, end);
    }

    private static Contraction nibbles(Product product, Order order, Addend addend, Beginning beginning, BlockEnd end) {
        final Decoding rhs = new Decoding(Stored.NIBBLES, rightOfPacked(product), addend, order);
        return new Contraction(signed(product), rhs, product, beginning, end);
    }

    /**
     * Weights of two bits, which choose from a table whose smallest value is 0; what sums begin with takes off what that
     * adds. Where bytes are multiplied signed with signed, the smallest value is added to the table instead; rows are zero
     * beyond k then, for the weights are not.
     */
    public static Contraction twoBits(Product product, Order order) {
        final Element element = rightOfPacked(product);
        final boolean signed = element == Element.I8;
        final Decoding rhs = new Decoding(Stored.TWO_BITS, element, signed ? Addend.SMALLEST : Addend.NOTHING, order);
        return new Contraction(signed(product), rhs, product, signed ? Beginning.ZERO : Beginning.ROW, NO_BLOCKS);
    }

    /** The element of a side that is signed. */
    private static Element signed(Product product) {
        return switch (product) {
            case FMA, FMA_BY_COLUMN, EXACT_FMA, EXACT_FMA_BY_COLUMN, OUTER_FMA -> Element.F32;
            case BF16_DOT_BY_PARITY, BF16_DOT_OF_PAIRS, BF16_BLOCK_DOT, OUTER_BF16_DOT -> Element.BF16;
            case DOT_OF_PAIRS -> Element.I16;
            case DOT_OF_FOUR, DOT_OF_FOUR_BY_COLUMN, DOT_OF_FOUR_BY_PAIRS, SIGNED_DOT_OF_FOUR, BLOCK_DOT, OUTER_DOT ->
                Element.I8;
        };
    }

    /** Weights of which a byte holds several are the unsigned side, if there is one. */
    private static Element rightOfPacked(Product product) {
        return switch (product) {
            case DOT_OF_FOUR, DOT_OF_FOUR_BY_PAIRS -> Element.U8;
            case FMA,
                    FMA_BY_COLUMN,
                    EXACT_FMA,
                    EXACT_FMA_BY_COLUMN,
                    OUTER_FMA,
                    BF16_DOT_BY_PARITY,
                    BF16_DOT_OF_PAIRS,
                    BF16_BLOCK_DOT,
                    OUTER_BF16_DOT,
                    DOT_OF_PAIRS,
                    DOT_OF_FOUR_BY_COLUMN,
                    SIGNED_DOT_OF_FOUR,
                    BLOCK_DOT,
                    OUTER_DOT -> signed(product);
        };
    }

    /** Values along K of a step: those of all parts of the bytes that it takes. */
    public int stepValues() {
        return switch (rhs.order()) {
            case PART_BY_PART -> product.along() * rhs.stored().parts();
            case ALL_AT_ONCE -> product.along();
        };
    }

    /** Whether it is a chain of fused multiply-adds of floats from the result so far on, by such a product. */
    public boolean isChainOfFloats(Product of) {
        return rhs.stored().isFloat() && equals(floats(of, rhs.stored()));
    }

    /** Whether it is of BF16 on both sides by such a product, from nothing or from biases on. */
    public boolean isOfBf16(Product of) {
        final Contraction bare = bf16(of);
        return equals(bare) || equals(bare.fromBiases());
    }

    /** Bytes of a column that lie together, or floats. */
    public int bytesTogether() {
        return switch (rhs.order()) {
            case PART_BY_PART -> product.together();
            case ALL_AT_ONCE -> product.along() / rhs.stored().parts();
        };
    }

    /** Whether what blocks sum is added up beside the sums. */
    public boolean hasTotals() {
        return switch (end) {
            case BlockEnd.None _ -> false;
            case BlockEnd.OfWeights _, BlockEnd.OfBoth _ -> true;
        };
    }

    /** Whether sums begin with what rows have for it. */
    public boolean beginsWithRow() {
        return beginning == Beginning.ROW;
    }

    /** Whether sums go on from those of an earlier part of K, so that a call may sum a part. */
    public boolean resumes() {
        return beginning == Beginning.RESULT;
    }

    /** Whether sums begin with the biases of their columns. */
    public boolean beginsWithBias() {
        return beginning == Beginning.BIAS;
    }

    /** Whether rows have scales for the same blocks as weights. */
    public boolean scalesRows() {
        return end instanceof BlockEnd.OfBoth;
    }

    /** Whether blocks of weights have minima. */
    public boolean hasMinima() {
        return end instanceof BlockEnd.OfBoth(BlockEnd.Scale _, boolean minima) && minima;
    }

    /** The format of the scales of blocks, if there are any. */
    public Optional<BlockEnd.Scale> scale() {
        return switch (end) {
            case BlockEnd.None _ -> Optional.empty();
            case BlockEnd.OfWeights(BlockEnd.Scale scale) -> Optional.of(scale);
            case BlockEnd.OfBoth(BlockEnd.Scale scale, boolean _) -> Optional.of(scale);
        };
    }

    /** What the epilogue finds of a vector of columns: a sum, or a total. */
    public Register result(int vector) {
        return hasTotals()
                ? new Register(Role.TOTAL, LaneType.F32, vector)
                : new Register(Role.SUM, product.sums(), vector);
    }

    /** As text, for listings and tests. */
    public String print() {
        return "sums of " + product + ": " + lhs + " with " + rhs + "\n  begin with: " + beginning
                + (hasTotals() ? "\n  at the end of a block: " + end : "") + "\n";
    }
}
