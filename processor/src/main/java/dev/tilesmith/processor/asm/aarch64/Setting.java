package dev.tilesmith.processor.asm.aarch64;

/**
 * What a field is to hold.
 *
 * @param field the field
 * @param code its number
 */
record Setting(Field field, long code) {}
