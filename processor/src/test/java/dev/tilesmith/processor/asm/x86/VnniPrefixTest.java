package dev.tilesmith.processor.asm.x86;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * AVX-VNNI's {@code vpdpbusd} is AVX512VL's with another prefix: field by field, over all registers that both can name,
 * the two prefixes say the same, and opcode and ModRM are the same bytes.
 */
final class VnniPrefixTest {
    private static final int REGISTERS = 16;

    private static byte[] encode(Mode mode, int sum, int a, int b) {
        final Assembler asm = new Assembler(mode);
        asm.emit(Op.VPDPBUSD, Vec.ymm(sum), Vec.ymm(a), Vec.ymm(b));
        return asm.assemble().bytes();
    }

    /** Opcode map, prefix, W, vvvv, R and B, as one number; each is stored inverted or not alike in both prefixes. */
    private static int vexFields(byte[] code) {
        final int map = code[1] & 0x1f;
        final int extensions = (code[1] & 0xa0) >> 5;
        return map << 16 | extensions << 8 | (code[2] & 0xfb);
    }

    private static int evexFields(byte[] code) {
        final int map = code[1] & 0x7;
        final int extensions = (code[1] & 0xa0) >> 5;
        final int fixed = 0x04; // a bit that is 1 in EVEX, where VEX has the vector length
        return map << 16 | extensions << 8 | (code[2] & ~fixed & 0xff);
    }

    @Test
    void sameInstructionUnderBothPrefixes() {
        for (int sum = 0; sum < REGISTERS; sum++) {
            for (int a = 0; a < REGISTERS; a++) {
                for (int b = 0; b < REGISTERS; b++) {
                    final byte[] vex = encode(Mode.VEX, sum, a, b);
                    final byte[] evex = encode(Mode.EVEX, sum, a, b);
                    assertEquals(5, vex.length);
                    assertEquals(6, evex.length);
                    assertEquals((byte) 0xc4, vex[0]);
                    assertEquals(0x62, evex[0]);
                    assertEquals(vexFields(vex), evexFields(evex), "fields of ymm" + sum + ", " + a + ", " + b);
                    assertEquals(vex[3], evex[4], "opcode");
                    assertEquals(vex[4], evex[5], "ModRM");
                    assertEquals(vex[2] >> 2 & 1, evex[3] >> 5 & 3, "vector length");
                }
            }
        }
    }
}
