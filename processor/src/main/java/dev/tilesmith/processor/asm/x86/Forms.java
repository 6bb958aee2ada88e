package dev.tilesmith.processor.asm.x86;

/** Lines of the opcode table that families of instructions share; each is read by {@link FormParser}. */
final class Forms {
    private Forms() {}

    /** Integer arithmetic on general registers; {@code digit} is its place among add, or, adc, sbb, and, sub, xor, cmp. */
    static String[] alu(int digit) {
        final int base = 8 * digit;
        return new String[] {
            "L %02X MR rm32 r32".formatted(base + 1),
            "L.W1 %02X MR rm64 r64".formatted(base + 1),
            "L %02X RM r32 m32".formatted(base + 3),
            "L.W1 %02X RM r64 m64".formatted(base + 3),
            "L 83/%d MI rm32 s8".formatted(digit),
            "L.W1 83/%d MI rm64 s8".formatted(digit),
            "L %02X AI eax s32".formatted(base + 5),
            "L.W1 %02X AI rax s32".formatted(base + 5),
            "L 81/%d MI rm32 s32".formatted(digit),
            "L.W1 81/%d MI rm64 s32".formatted(digit)
        };
    }

    /** One operand, read and written. */
    static String[] unary(String opcode) {
        return new String[] {"L " + opcode + " M rm32", "L.W1 " + opcode + " M rm64"};
    }

    /** Shifts of general registers by a constant. */
    static String[] shift(int digit) {
        return new String[] {
            "L D1/" + digit + " MA rm32 one",
            "L.W1 D1/" + digit + " MA rm64 one",
            "L C1/" + digit + " MI rm32 i8",
            "L.W1 C1/" + digit + " MI rm64 i8"
        };
    }

    /** Shifts of general registers by a register, which leave the flags alone (BMI2). */
    static String[] shiftX(String prefix) {
        return new String[] {
            "VEX." + prefix + ".0F38.W0 F7 RMV r32 rm32 r32 : BMI2",
            "VEX." + prefix + ".0F38.W1 F7 RMV r64 rm64 r64 : BMI2"
        };
    }

    /** Widening moves into general registers. */
    static String[] extend(String from, String opcode) {
        return new String[] {"L.0F " + opcode + " RM r32 " + from, "L.0F.W1 " + opcode + " RM r64 " + from};
    }

    /** Jump on a condition, given as its code. */
    static String[] jump(String condition) {
        return new String[] {"L 7" + condition + " D rel8", "L.0F 8" + condition + " D rel32"};
    }

    /** Conditional move. */
    static String[] move(String condition) {
        return new String[] {"L.0F 4" + condition + " RM r32 rm32", "L.0F.W1 4" + condition + " RM r64 rm64"};
    }

    /** Float arithmetic on f32 vectors, map 0F; {@code rounding} is {@code {er}}, {@code {sae}} or nothing. */
    static String[] floats(String opcode, String rounding) {
        return new String[] {
            "VEX.0F " + opcode + " RVM v v vm", "EVEX.0F.W0 " + opcode + " RVM v{kz} v vm/b32" + rounding
        };
    }

    /** Float arithmetic on one f32, map 0F. */
    static String[] scalar(String opcode, String rounding) {
        return new String[] {
            "VEX.F3.0F " + opcode + " RVM x x xm32", "EVEX.F3.0F.W0 " + opcode + " RVM x{kz} x xm32" + rounding
        };
    }

    /** Fused multiply-add on f32 vectors. */
    static String[] fma(String opcode) {
        return new String[] {
            "VEX.66.0F38.W0 " + opcode + " RVM v v vm : FMA", "EVEX.66.0F38.W0 " + opcode + " RVM v{kz} v vm/b32{er}"
        };
    }

    /** Fused multiply-add on one f32. */
    static String[] fmaScalar(String opcode) {
        return new String[] {
            "VEX.66.0F38.W0 " + opcode + " RVM x x xm32 : FMA", "EVEX.66.0F38.W0 " + opcode + " RVM x{kz} x xm32{er}"
        };
    }

    /** Elements of 1 or 2 bytes, two sources; {@code map} with its mandatory prefix. */
    static String[] small(String map, String opcode) {
        return new String[] {
            "VEX." + map + " " + opcode + " RVM v v vm : AVX/AVX2", "EVEX." + map + " " + opcode + " RVM v{kz} v vm"
        };
    }

    /** Elements of 4 bytes, two sources. */
    static String[] dwords(String map, String opcode) {
        return new String[] {
            "VEX." + map + " " + opcode + " RVM v v vm : AVX/AVX2",
            "EVEX." + map + ".W0 " + opcode + " RVM v{kz} v vm/b32"
        };
    }

    /** Elements of 8 bytes, two sources. */
    static String[] qwords(String map, String opcode) {
        return new String[] {
            "VEX." + map + " " + opcode + " RVM v v vm : AVX/AVX2",
            "EVEX." + map + ".W1 " + opcode + " RVM v{kz} v vm/b64"
        };
    }

    /** Floats of 8 bytes, two sources. */
    static String[] doubles(String opcode) {
        return new String[] {"VEX.66.0F " + opcode + " RVM v v vm", "EVEX.66.0F.W1 " + opcode + " RVM v{kz} v vm/b64"};
    }

    /** Bitwise logic by its old name, VEX only: EVEX names the element. */
    static String[] logic(String opcode) {
        return new String[] {"VEX.66.0F " + opcode + " RVM v v vm : AVX/AVX2"};
    }

    /** Bitwise logic under masks of 4-byte elements. */
    static String[] logicD(String opcode) {
        return new String[] {"EVEX.66.0F.W0 " + opcode + " RVM v{kz} v vm/b32"};
    }

    /** Bitwise logic under masks of 8-byte elements. */
    static String[] logicQ(String opcode) {
        return new String[] {"EVEX.66.0F.W1 " + opcode + " RVM v{kz} v vm/b64"};
    }

    /** Two sources of 4-byte elements, EVEX only; the prefix is written out. */
    static String[] evexD(String prefix, String opcode) {
        return new String[] {"EVEX." + prefix + ".W0 " + opcode + " RVM v{kz} v vm/b32"};
    }

    /** Two sources of smaller elements, EVEX only. */
    static String[] evex(String prefix, String opcode) {
        return new String[] {"EVEX." + prefix + " " + opcode + " RVM v{kz} v vm"};
    }

    /** VNNI: VEX on CPUs with AVX_VNNI, EVEX on CPUs with AVX512_VNNI; neither has the other for sure. */
    static String[] vnni(String opcode) {
        return new String[] {
            "VEX!.66.0F38.W0 " + opcode + " RVM v v vm : AVX_VNNI",
            "EVEX.66.0F38.W0 " + opcode + " RVM v{kz} v vm/b32 : AVX512_VNNI"
        };
    }

    /** Widening of integers; {@code source} is the part of the vector read. */
    static String[] widen(String opcode, String source) {
        return new String[] {
            "VEX.66.0F38 " + opcode + " RM v " + source + "m" + source + " : AVX/AVX2",
            "EVEX.66.0F38 " + opcode + " RM v{kz} " + source + "m" + source
        };
    }

    /** Narrowing of integers; {@code target} is the part of the vector written. */
    static String[] narrow(String opcode, String target) {
        return new String[] {"EVEX.F3.0F38.W0 " + opcode + " MR " + target + "m" + target + "{kz} v"};
    }

    /** Shifts of 2-byte elements by a constant, or by an xmm. */
    static String[] shiftWords(int digit, String opcode) {
        return new String[] {
            "VEX.66.0F 71/" + digit + " VMI v v i8 : AVX/AVX2",
            "VEX.66.0F " + opcode + " RVM v v xm128 : AVX/AVX2",
            "EVEX.66.0F 71/" + digit + " VMI v{kz} vm i8",
            "EVEX.66.0F " + opcode + " RVM v{kz} v xm128"
        };
    }

    /** Shifts of 4-byte elements by a constant, or by an xmm. */
    static String[] shiftDwords(int digit, String opcode) {
        return new String[] {
            "VEX.66.0F 72/" + digit + " VMI v v i8 : AVX/AVX2",
            "VEX.66.0F " + opcode + " RVM v v xm128 : AVX/AVX2",
            "EVEX.66.0F.W0 72/" + digit + " VMI v{kz} vm/b32 i8",
            "EVEX.66.0F.W0 " + opcode + " RVM v{kz} v xm128"
        };
    }

    /** Shifts of 8-byte elements by a constant, or by an xmm. */
    static String[] shiftQwords(int digit, String opcode) {
        return new String[] {
            "VEX.66.0F 73/" + digit + " VMI v v i8 : AVX/AVX2",
            "VEX.66.0F " + opcode + " RVM v v xm128 : AVX/AVX2",
            "EVEX.66.0F.W1 73/" + digit + " VMI v{kz} vm/b64 i8",
            "EVEX.66.0F.W1 " + opcode + " RVM v{kz} v xm128"
        };
    }

    /** Shifts of each element by its own count; {@code w} is W0 or W1, {@code bits} the element. */
    static String[] shiftEach(String w, String opcode, int bits) {
        return new String[] {
            "VEX.66.0F38." + w + " " + opcode + " RVM v v vm : AVX2",
            "EVEX.66.0F38." + w + " " + opcode + " RVM v{kz} v vm/b" + bits
        };
    }

    /** One element to all, from an xmm, from memory, and (EVEX) from a general register where {@code fromGpr}. */
    static String[] broadcast(String opcode, int bits, String w, String fromGpr) {
        return new String[] {
            "VEX.66.0F38.W0 " + opcode + " RM v xm" + bits + " : AVX2",
            "EVEX.66.0F38." + w + " " + opcode + " RM v{kz} xm" + bits,
            "EVEX.66.0F38." + w + " " + fromGpr + " RM v{kz} r" + Math.max(32, bits)
        };
    }

    /** Vector move, VEX: load and store; the store serves between registers too, where it is shorter. */
    static String[] vexMove(String prefix, String load, String store) {
        return new String[] {"VEX" + prefix + " " + load + " RM v vm", "VEX" + prefix + " " + store + " MR vm v"};
    }

    /** Vector move, EVEX. */
    static String[] evexMove(String prefix, String load, String store) {
        return new String[] {
            "EVEX" + prefix + " " + load + " RM v{kz} vm", "EVEX" + prefix + " " + store + " MR mv{k} v"
        };
    }

    /** Vector move in both encodings under one name. */
    static String[] move(String load, String store) {
        return new String[] {
            "VEX.0F " + load + " RM v vm",
            "VEX.0F " + store + " MR vm v",
            "EVEX.0F.W0 " + load + " RM v{kz} vm",
            "EVEX.0F.W0 " + store + " MR mv{k} v"
        };
    }

    /** Comparison of integers for equality or greater, VEX into a vector, EVEX into a mask. */
    static String[] compare(String opcode, String broadcast) {
        return new String[] {
            "VEX.66.0F " + opcode + " RVM v v vm : AVX/AVX2", "EVEX.66.0F.W0 " + opcode + " RVM k{k} v vm" + broadcast
        };
    }

    /** Move between masks, memory and general registers of {@code bits}, prefixes as the SDM lists them. */
    static String[] maskMove(String prefix, String gprPrefix, int bits) {
        final int gpr = Math.max(32, bits);
        return new String[] {
            "VEX." + prefix + " 90 RM k km" + bits + " : AVX512",
            "VEX." + prefix + " 91 MR m" + bits + " k : AVX512",
            "VEX." + gprPrefix + " 92 RM k r" + gpr + " : AVX512",
            "VEX." + gprPrefix + " 93 RM r" + gpr + " k : AVX512"
        };
    }

    /** Logic of two masks. */
    static String[] mask(String prefix, String opcode) {
        return new String[] {"VEX.256." + prefix + " " + opcode + " RVM k k k : AVX512"};
    }

    /** Two masks, or a mask and a constant. */
    static String[] maskUnary(String prefix, String opcode) {
        return new String[] {"VEX.128." + prefix + " " + opcode + " RM k k : AVX512"};
    }
}
