package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.x86.Op;
import dev.tilesmith.processor.program.Contraction;

/**
 * How the operands lie that tile registers multiply.
 *
 * @param product the instruction, by which side of it is signed
 * @param rowBytes bytes of a row that a step of vectors takes: callers count those
 * @param stepBytes bytes of a panel, as it is packed, that such a step takes
 * @param beginning bytes before the values of a row: what its sums begin with
 */
record AmxOperands(Op product, int rowBytes, int stepBytes, int beginning) {
    /** Those of a contraction, with panels of so many columns. */
    static AmxOperands of(Contraction contraction, int panelColumns) {
        final int rowBytes =
                switch (contraction.rhs().stored()) {
                    case INT8 -> contraction.stepValues();
                    case BF16 -> contraction.stepValues() * Short.BYTES;
                    case NIBBLES, TWO_BITS -> PanelLayout.INT4_GROUP;
                    case F32, F16 -> throw unknown(contraction);
                };
        return new AmxOperands(
                product(contraction),
                rowBytes,
                panelColumns * rowBytes / contraction.rhs().stored().parts(),
                contraction.beginsWithRow() ? Integer.BYTES : 0);
    }

    /** Rows are the left side. */
    private static Op product(Contraction contraction) {
        return switch (contraction.lhs()) {
            case U8 -> Op.TDPBUSD;
            case I8 -> Op.TDPBSUD;
            case BF16 -> Op.TDPBF16PS;
            case F32, I16 -> throw unknown(contraction);
        };
    }

    static IllegalArgumentException unknown(Contraction contraction) {
        return new IllegalArgumentException("no code of tile registers for " + contraction);
    }

    /** Steps of vectors that are one product. */
    int steps() {
        return AmxProducts.ROW_STEP / rowBytes;
    }

    /** Bytes of a panel, as it is packed, for each byte of a row. */
    int panelBytesPerRowByte() {
        return stepBytes / rowBytes;
    }
}
