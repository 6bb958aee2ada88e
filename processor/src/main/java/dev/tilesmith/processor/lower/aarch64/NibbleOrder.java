package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.UZP1;
import static dev.tilesmith.processor.asm.aarch64.Op.UZP2;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.V;

/**
 * The order of values of a row for outer products with weights of four bits, two bytes a step, of which each has first a
 * value and then the one two places on: of four values that lie together, the second and the third change places.
 */
final class NibbleOrder {
    private NibbleOrder() {}

    /** Brings 16 bytes into that order; {@code temporary} and the register after it lose what they hold. */
    static void emit(Assembler asm, int values, int temporary) {
        asm.emit(UZP1, V.b16(temporary), V.b16(values), V.b16(values));
        asm.emit(UZP2, V.b16(temporary + 1), V.b16(values), V.b16(values));
        asm.emit(ZIP1, V.h8(values), V.h8(temporary), V.h8(temporary + 1));
    }
}
