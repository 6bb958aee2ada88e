package dev.tilesmith.processor.program;

/** What happens at the end of a block of K. */
public sealed interface BlockEnd {
    /** There are no blocks: sums are over all of K. */
    record None() implements BlockEnd {
        @Override
        public String toString() {
            return "none";
        }
    }

    /**
     * {@code total = fma(float(sum), scale, total)}.
     *
     * @param scale format of the scale that a block has for each column
     */
    record OfWeights(Scale scale) implements BlockEnd {
        @Override
        public String toString() {
            return "total = fma(sum, " + scale + " scale, total)";
        }
    }

    /**
     * {@code total = fma(min, scaledSumOfRow, total)} if there are minima, then {@code total = fma(float(sum), scaleOfRow *
     * scale, total)}.
     *
     * @param scale format of the scale, and of the minimum, that a block has for each column
     * @param minima whether a block has a minimum for each column, and a row the scaled sum of its values
     */
    record OfBoth(Scale scale, boolean minima) implements BlockEnd {
        @Override
        public String toString() {
            return (minima ? "total = fma(" + scale + " min, scaled sum of row, total), " : "")
                    + "total = fma(sum, scale of row * " + scale + " scale, total)";
        }
    }

    /** The format of a scale. */
    enum Scale {
        /** The upper half of a binary32. */
        BF16(Short.BYTES),
        /** binary16, finite. */
        F16(Short.BYTES),
        /** binary32. */
        F32(Float.BYTES);

        private final int bytes;

        Scale(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes of one. */
        public int bytes() {
            return bytes;
        }

        /** The value of its bits, the lowest if it has fewer than 32. */
        float value(int bits) {
            return switch (this) {
                case BF16 -> Float.intBitsToFloat(bits << Short.SIZE);
                case F16 -> Float.float16ToFloat((short) bits);
                case F32 -> Float.intBitsToFloat(bits);
            };
        }
    }
}
