package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.program.Program;

/** Where tile registers have the columns of a panel from, as bytes {@code [k/4][columns][4]}, a product's at a time. */
sealed interface AmxColumns permits AmxColumns.Packed, AmxDecoding {
    /** Those of a family's programs. */
    static AmxColumns of(Assembler asm, LhsRows rows, Program program, int panelColumns) {
        return switch (program.contraction().rhs().stored()) {
            case INT8, BF16 -> new Packed(asm, panelColumns);
            case NIBBLES, TWO_BITS -> new AmxDecoding(asm, rows, program, panelColumns);
            case F32, F16 -> throw AmxOperands.unknown(program.contraction());
        };
    }

    /** Bytes of the function's frame that they take. */
    int frameBytes();

    /** Before the products of a tile. */
    void begin();

    /** Goes to those of the first product. */
    void first(Gpr at);

    /**
     * Goes to those of the next product if there is one, with as many counted as are to do, that which was done last among them.
     *
     * @param name where in the code, for a label
     */
    void next(Gpr at, String name);

    /** After the products. */
    void end();

    /** The panel itself. */
    record Packed(Assembler asm, int panelColumns) implements AmxColumns {
        @Override
        public int frameBytes() {
            return 0;
        }

        @Override
        public void begin() {}

        @Override
        public void first(Gpr at) {
            asm.emit(MOV, at, RHS);
        }

        @Override
        public void next(Gpr at, String name) {
            asm.emit(ADD, at, new Imm(AmxProducts.ROW_STEP * (long) panelColumns));
        }

        @Override
        public void end() {}
    }
}
