package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.VCVTPH2PS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVZXWD;
import static dev.tilesmith.processor.asm.x86.Op.VPSLLD;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.BlockEnd;

/** The load of scales of blocks, or of minima, as binary32. */
final class ScaleLoad {
    private ScaleLoad() {}

    /** Adds the code. */
    static void emit(Assembler asm, Vec to, Mem from, BlockEnd.Scale scale) {
        switch (scale) {
            case BF16 -> ofBf16(asm, to, from);
            case F16 -> asm.emit(VCVTPH2PS, to, from);
            case F32 -> asm.emit(VMOVUPS, to, from);
        }
    }

    /** The load of values in BF16, of scales or any others. */
    static void ofBf16(Assembler asm, Vec to, Mem from) {
        asm.emit(VPMOVZXWD, to, from);
        asm.emit(VPSLLD, to, to, new Imm(Short.SIZE));
    }
}
