package dev.tilesmith.processor.asm;

/**
 * A line of the listing: an instruction, a label, part of a constant, filling, or a remark.
 *
 * @param offset bytes from the start of the code
 * @param hex the bytes it stands for, in the order of memory, or empty
 * @param text as assemblers read it, or empty
 * @param comment or empty
 */
public record Line(int offset, String hex, String text, String comment) {}
