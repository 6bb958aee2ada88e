package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import java.util.Arrays;

/**
 * Constants of an epilogue, in memory behind the code: so many that they find no room in registers beside the sums.
 *
 * @param isa whether an operand in memory may be repeated to all lanes
 */
record ConstantPlaces(Assembler asm, Isa isa) {
    /** A constant in all lanes, as the operand of an arithmetic instruction. */
    Mem operand(float value) {
        return switch (isa) {
            case AVX2, AVX_VNNI -> {
                final float[] lanes = new float[isa.lanes()];
                Arrays.fill(lanes, value);
                yield Mem.at(asm.constant(lanes, isa.bits() / Byte.SIZE));
            }
            case AVX512 -> one(value).repeated();
        };
    }

    /** Sets all lanes of a register. */
    void load(Vec to, float value) {
        asm.emit(VBROADCASTSS, to, one(value));
    }

    private Mem one(float value) {
        return Mem.at(asm.constant(new float[] {value}, Float.BYTES));
    }
}
