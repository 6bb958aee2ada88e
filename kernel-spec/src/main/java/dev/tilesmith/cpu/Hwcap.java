package dev.tilesmith.cpu;

/**
 * Where Linux for Arm reports a feature in the auxiliary vector.
 *
 * @param word the entry of the auxiliary vector
 * @param bit the bit in that entry, 0 being the lowest
 */
public record Hwcap(Word word, int bit) {
    /** An entry of the auxiliary vector. */
    public enum Word {
        /** The first 64 features. */
        AT_HWCAP(16),
        /** The features after those. */
        AT_HWCAP2(26);

        private final int type;

        Word(int type) {
            this.type = type;
        }

        /** The number of the entry, from {@code include/uapi/linux/auxvec.h}. */
        public int type() {
            return type;
        }
    }

    /** Whether the bit is set in the value of the entry. */
    public boolean isSetIn(long value) {
        return (value >>> bit & 1) != 0;
    }
}
