package dev.tilesmith.processor.asm;

import java.util.List;

/**
 * How an architecture's assemblers want their source, and what fills gaps between instructions.
 *
 * @param header what a source begins with: whole lines, or empty
 * @param comment what comments begin with
 * @param hexColumns columns of a listing for the bytes of an instruction
 * @param instructionMultiple bytes that every instruction is a multiple of
 * @param nops instructions that do nothing
 */
public record Syntax(String header, String comment, int hexColumns, int instructionMultiple, Nops nops) {
    /** Instructions that do nothing. */
    @FunctionalInterface
    public interface Nops {
        /** As few as there can be of {@code size} bytes in all, more than 0. */
        List<Nop> of(int size);
    }

    /**
     * Instructions that do nothing.
     *
     * @param hex the bytes
     * @param text as assemblers read them
     */
    public record Nop(String hex, String text) {}
}
