package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.program.Program;

/** How the vectors of columns of a step are loaded for outer products: four bytes to a column, or two of 16 bits, or one float. */
sealed interface SmeColumns permits SmeWords, SmeHalves, SmeNibbles, SmeTwoBits {
    /** What a program wants. */
    static SmeColumns of(Assembler asm, SmeIsa isa, Program program) {
        return switch (program.contraction().rhs().stored()) {
            case F32, INT8 -> new SmeWords(asm, isa, program);
            case F16, BF16 ->
                program.contraction().rhs().widens()
                        ? new SmeHalves(asm, isa, program)
                        : new SmeWords(asm, isa, program);
            case NIBBLES -> new SmeNibbles(asm, isa, program);
            case TWO_BITS -> new SmeTwoBits(asm, isa, program);
        };
    }

    /** Bytes of a column in a step, as they are packed. */
    int columnBytes();

    /** Once in a function; ZA is on. */
    default void begin() {}

    /** Once in a panel of so many columns. */
    default void beginPanel(int panelColumns) {}

    /** Before steps of the vectors of columns at hand, of which predicates say which columns are loaded. */
    void beginColumns(int panelColumns);

    /**
     * Loads those of a step.
     *
     * @param to the first of the registers that hold them then, a multiple of their number
     * @param packed the first of one for each two of them, a multiple of their number, where they are packed
     * @param spare another for these
     */
    void load(int to, int packed, int spare);
}
