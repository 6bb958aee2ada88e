package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.VADDPS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTTPS2DQ;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPMULHRSW;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.DOUBLE_SCALE;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.HALVING;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.SCALE;

import dev.tilesmith.processor.asm.x86.Operand;
import dev.tilesmith.processor.asm.x86.Vec;

/** How values of rows become integers: the nearest to their product with the scale, halves away from zero. */
interface QuantizerRounding {
    /** Sets what all rows want. */
    void begin();

    /** Sets what a row wants, whose scale is in its register. */
    void beginRow();

    /** Integers of 32 bits from a vector of a row. */
    void convert(Vec to, Operand source);

    /** The results, of what two conversions left, packed to 16 bits each. */
    void finish(Vec words);

    /** That of any values, of which NaN becomes 0. */
    static QuantizerRounding ofAny(QuantizerVectors vectors, HalvesAway halvesAway) {
        return new QuantizerRounding() {
            @Override
            public void begin() {
                halvesAway.begin();
            }

            @Override
            public void beginRow() {} // the scale is all

            @Override
            public void convert(Vec to, Operand source) {
                vectors.asm().emit(VMULPS, to, vectors.vector(SCALE), source);
                halvesAway.round(to);
            }

            @Override
            public void finish(Vec words) {} // they are rounded
        };
    }

    /**
     * That of values whose products with the scale are within {@code [-256, 256]}, as they are in any row whose values, range and scale are
     * finite; others raise the exception of what is invalid. The conversion cuts off what is below one half, and {@code vpmulhrsw},
     * {@code (t * factor + 2^14) >> 15}, halves what is left: its factor is one more than half of 2^15, so that what is halfway between two integers,
     * an odd number of halves, comes to lie a little away from zero, and is rounded there.
     */
    static QuantizerRounding ofHalves(QuantizerVectors vectors) {
        return new QuantizerRounding() {
            private static final int FACTOR = (1 << (Short.SIZE - 2)) + 1;

            @Override
            public void begin() {
                vectors.asm()
                        .emit(VPBROADCASTD, vectors.vector(HALVING), vectors.constant(FACTOR << Short.SIZE | FACTOR));
            }

            @Override
            public void beginRow() {
                final Vec scale = vectors.vector(SCALE);
                vectors.asm().emit(VADDPS, vectors.vector(DOUBLE_SCALE), scale, scale);
            }

            @Override
            public void convert(Vec to, Operand source) {
                vectors.asm().emit(VMULPS, to, vectors.vector(DOUBLE_SCALE), source);
                vectors.asm().emit(VCVTTPS2DQ, to, to);
            }

            @Override
            public void finish(Vec words) {
                vectors.asm().emit(VPMULHRSW, words, words, vectors.vector(HALVING));
            }
        };
    }
}
