package dev.tilesmith.processor.asm.aarch64;

/**
 * What a field is to hold.
 *
 * @param field the field
 * @param code its number
 */
record Setting(Field field, long code) {
    /** The bits of the instruction that it sets. */
    int bits() {
        return field.bits(code);
    }

    /** The bits of the instruction that it says something of. */
    int mask() {
        return field.bits(-1);
    }
}
