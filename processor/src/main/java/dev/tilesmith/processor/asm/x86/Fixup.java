package dev.tilesmith.processor.asm.x86;

/**
 * A distance that is known once labels have places: from the end of the instruction to {@code target + addend}.
 *
 * @param target label
 * @param addend bytes beyond it
 * @param offset of the field within the instruction
 * @param bytes of the field, 1 or 4
 */
record Fixup(Label target, int addend, int offset, int bytes) {}
