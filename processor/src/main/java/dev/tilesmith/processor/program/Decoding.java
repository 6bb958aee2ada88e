package dev.tilesmith.processor.program;

/**
 * How stored bits of the right operand become the elements that are multiplied: an element is what is stored, and {@code
 * addend}.
 *
 * @param stored what a panel has
 * @param element what is multiplied
 * @param addend what is added to what is stored
 * @param order which values of a byte are multiplied together
 */
public record Decoding(Stored stored, Element element, Addend addend, Order order) {
    /** binary32, as they are. */
    public static final Decoding F32 = ofFloats(Stored.F32);

    /** What a panel has. */
    public enum Stored {
        /** binary32. */
        F32(1, Float.BYTES),
        /** binary16, which is widened to binary32. */
        F16(1, Short.BYTES),
        /** The upper half of a binary32, which is widened to one. */
        BF16(1, Short.BYTES),
        /** Signed bytes. */
        INT8(1, Byte.BYTES),
        /** Two values of four bits to a byte, from 0 to 15. */
        NIBBLES(2, Byte.BYTES),
        /** Four values of two bits to a byte, which stand for those of a table of four unsigned bytes. */
        TWO_BITS(4, Byte.BYTES);

        private final int parts;
        private final int bytes;

        Stored(int parts, int bytes) {
            this.parts = parts;
            this.bytes = bytes;
        }

        /** Bytes of a value, or of those that share one. */
        public int bytes() {
            return bytes;
        }

        /** Whether values are floats, which become binary32. */
        public boolean isFloat() {
            return switch (this) {
                case F32, F16, BF16 -> true;
                case INT8, NIBBLES, TWO_BITS -> false;
            };
        }

        /** Values that a byte, or a float, holds. */
        public int parts() {
            return parts;
        }
    }

    /** What is added to what is stored. */
    public enum Addend {
        /** Nothing. */
        NOTHING,
        /** 128, which makes signed bytes unsigned. */
        PLUS_128,
        /** -8, which makes values of four bits signed. */
        MINUS_8,
        /** The smallest value of the table, which was taken off it when weights were packed. */
        SMALLEST
    }

    /** Which values of a byte are multiplied together. */
    public enum Order {
        /** Those of one part of each byte: those in the lowest bits, then those in the next. */
        PART_BY_PART,
        /** All: of each byte first the value in the lowest bits. The left operand has its values in that order. */
        ALL_AT_ONCE
    }

    /** Refuses elements that cannot hold the values. */
    public Decoding {
        final boolean holds =
                switch (stored) {
                    case F32, F16 -> element == Element.F32 && addend == Addend.NOTHING;
                    case BF16 -> (element == Element.F32 || element == Element.BF16) && addend == Addend.NOTHING;
                    case INT8 -> element == Element.U8 ? addend == Addend.PLUS_128 : addend == Addend.NOTHING;
                    case NIBBLES ->
                        element != Element.I16
                                && (addend == Addend.NOTHING || (element == Element.I8 && addend == Addend.MINUS_8));
                    case TWO_BITS ->
                        element != Element.I16
                                && (element == Element.I8 ? addend == Addend.SMALLEST : addend == Addend.NOTHING);
                };
        if (!holds) {
            throw new IllegalArgumentException("element: " + element + " does not hold what is stored as " + stored
                    + " with " + addend + " added");
        }
        if (stored.parts() == 1 && order != Order.PART_BY_PART) {
            throw new IllegalArgumentException("order: " + order + " of " + stored + ", which has one part");
        }
    }

    /** Floats, widened to binary32 if they are not: exactly, NaN to some NaN. */
    static Decoding ofFloats(Stored stored) {
        return new Decoding(stored, Element.F32, Addend.NOTHING, Order.PART_BY_PART);
    }

    /** BF16 as it is. */
    static Decoding ofBf16() {
        return new Decoding(Stored.BF16, Element.BF16, Addend.NOTHING, Order.PART_BY_PART);
    }

    /** Whether floats that are stored in 16 bits become binary32. */
    public boolean widens() {
        return switch (stored) {
            case F16, BF16 -> element == Element.F32;
            case F32, INT8, NIBBLES, TWO_BITS -> false;
        };
    }

    @Override
    public String toString() {
        return stored + (addend == Addend.NOTHING ? "" : " " + addend) + " as " + element
                + (order == Order.PART_BY_PART ? "" : " " + order);
    }
}
