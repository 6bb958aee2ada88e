package dev.tilesmith.processor.asm.aarch64;

/** Streaming mode, ZA and outer products: Arm ARM supplement for SME, chapter D1. */
final class SmeForms {
    static final String TABLE = """
        set i16i64 needs = sme-i16i64
        set f64f64 needs = sme-f64f64

        smstart = 1101010100 0 00 011 0100 0111 011 11111
        smstart sm = 1101010100 0 00 011 0100 0011 011 11111
        smstart za = 1101010100 0 00 011 0100 0101 011 11111
        smstop = 1101010100 0 00 011 0100 0110 011 11111
        smstop sm = 1101010100 0 00 011 0100 0010 011 11111
        smstop za = 1101010100 0 00 011 0100 0100 011 11111
        rdsvl Xd, #imm6 = 00000100 101 11111 01011 imm6:s6 Rd:5
        addsvl Xd|SP, Xn|SP, #imm6 = 00000100 001 Rn:5 01011 imm6:s6 Rd:5
        addspl Xd|SP, Xn|SP, #imm6 = 00000100 011 Rn:5 01011 imm6:s6 Rd:5
        zero {tiles(imm8)} = 11000000 00 001 00000000000 imm8:8

        // Outer products.
        smopa ZA(ZAda).s, Pn/m, Pm/m, Zn.b, Zm.b = 1010000 0 10 0 Zm:5 Pm:3 Pn:3 Zn:5 0 00 ZAda:2
        sumopa ZA(ZAda).s, Pn/m, Pm/m, Zn.b, Zm.b = 1010000 0 10 1 Zm:5 Pm:3 Pn:3 Zn:5 0 00 ZAda:2
        usmopa ZA(ZAda).s, Pn/m, Pm/m, Zn.b, Zm.b = 1010000 1 10 0 Zm:5 Pm:3 Pn:3 Zn:5 0 00 ZAda:2
        umopa ZA(ZAda).s, Pn/m, Pm/m, Zn.b, Zm.b = 1010000 1 10 1 Zm:5 Pm:3 Pn:3 Zn:5 0 00 ZAda:2
        smops ZA(ZAda).s, Pn/m, Pm/m, Zn.b, Zm.b = 1010000 0 10 0 Zm:5 Pm:3 Pn:3 Zn:5 1 00 ZAda:2
        @i16i64 smopa ZA(ZAda).d, Pn/m, Pm/m, Zn.h, Zm.h = 1010000 0 11 0 Zm:5 Pm:3 Pn:3 Zn:5 0 0 ZAda:3
        fmopa ZA(ZAda).s, Pn/m, Pm/m, Zn.s, Zm.s = 1000000 0 10 0 Zm:5 Pm:3 Pn:3 Zn:5 0 00 ZAda:2
        @f64f64 fmopa ZA(ZAda).d, Pn/m, Pm/m, Zn.d, Zm.d = 1000000 0 11 0 Zm:5 Pm:3 Pn:3 Zn:5 0 0 ZAda:3
        fmopa ZA(ZAda).s, Pn/m, Pm/m, Zn.h, Zm.h = 1000000 1 10 1 Zm:5 Pm:3 Pn:3 Zn:5 0 00 ZAda:2
        fmops ZA(ZAda).s, Pn/m, Pm/m, Zn.s, Zm.s = 1000000 0 10 0 Zm:5 Pm:3 Pn:3 Zn:5 1 00 ZAda:2
        bfmopa ZA(ZAda).s, Pn/m, Pm/m, Zn.h, Zm.h = 1000000 1 10 0 Zm:5 Pm:3 Pn:3 Zn:5 0 00 ZAda:2
        bfmops ZA(ZAda).s, Pn/m, Pm/m, Zn.h, Zm.h = 1000000 1 10 0 Zm:5 Pm:3 Pn:3 Zn:5 1 00 ZAda:2
        addha ZA(ZAda).s, Pn/m, Pm/m, Zn.s = 11000000 10 01000 0 Pm:3 Pn:3 Zn:5 000 ZAda:2
        addva ZA(ZAda).s, Pn/m, Pm/m, Zn.s = 11000000 10 01000 1 Pm:3 Pn:3 Zn:5 000 ZAda:2
        @i16i64 addha ZA(ZAda).d, Pn/m, Pm/m, Zn.d = 11000000 11 01000 0 Pm:3 Pn:3 Zn:5 00 ZAda:3
        @i16i64 addva ZA(ZAda).d, Pn/m, Pm/m, Zn.d = 11000000 11 01000 1 Pm:3 Pn:3 Zn:5 00 ZAda:3

        // Slices: V says whether vertical; the tile and the offset share four bits.
        set hv HV V = h 0 / v 1
        set mem c T msz n bits = b b 00 0 off:4 / h h 01 n n:1_off:3 / w s 10 n n:2_off:2 / d d 11 n n:3_off:1
        set memk c T msz n bits k = h h 01 n n:1_off:3 1 / w s 10 n n:2_off:2 2 / d d 11 n n:3_off:1 3
        set tileb T size Q n bits = b 00 0 0 off:4 / h 01 0 n n:1_off:3 / s 10 0 n n:2_off:2 / d 11 0 n n:3_off:1
        @tileb @hv mova Zd.<T>, Pg/m, ZA(<n>)<HV>.<T>[W12+Rs, off] = 11000000 <size> 00001 <Q> <V> Rs:2 Pg:3 0 <bits> Zd:5
        @tileb @hv mova ZA(<n>)<HV>.<T>[W12+Rs, off], Pg/m, Zn.<T> = 11000000 <size> 00000 <Q> <V> Rs:2 Pg:3 Zn:5 0 <bits>
        @mem @hv ld1<c> {ZA(<n>)<HV>.<T>[W12+Rs, off]}, Pg/z, [Xn|SP] = 1110000 0 <msz> 0 11111 <V> Rs:2 Pg:3 Rn:5 0 <bits>
        @hv ld1b {ZA(0)<HV>.b[W12+Rs, off]}, Pg/z, [Xn|SP, Xm{0..30}] = 1110000 0 00 0 Rm:5 <V> Rs:2 Pg:3 Rn:5 0 off:4
        @memk @hv ld1<c> {ZA(<n>)<HV>.<T>[W12+Rs, off]}, Pg/z, [Xn|SP, Xm{0..30}, lsl #<k>] = 1110000 0 <msz> 0 Rm:5 <V> Rs:2 Pg:3 Rn:5 0 <bits>
        @mem @hv st1<c> {ZA(<n>)<HV>.<T>[W12+Rs, off]}, Pg, [Xn|SP] = 1110000 0 <msz> 1 11111 <V> Rs:2 Pg:3 Rn:5 0 <bits>
        @hv st1b {ZA(0)<HV>.b[W12+Rs, off]}, Pg, [Xn|SP, Xm{0..30}] = 1110000 0 00 1 Rm:5 <V> Rs:2 Pg:3 Rn:5 0 off:4
        @memk @hv st1<c> {ZA(<n>)<HV>.<T>[W12+Rs, off]}, Pg, [Xn|SP, Xm{0..30}, lsl #<k>] = 1110000 0 <msz> 1 Rm:5 <V> Rs:2 Pg:3 Rn:5 0 <bits>
        ldr ZA[W12+Rv, off], [Xn|SP, #off, mul vl] = 1110000 1 00 0 00000 0 Rv:2 000 Rn:5 0 off:4
        str ZA[W12+Rv, off], [Xn|SP, #off, mul vl] = 1110000 1 00 1 00000 0 Rv:2 000 Rn:5 0 off:4

        set bhsd T size = b 00 / h 01 / s 10 / d 11
        @bhsd sclamp Zd.<T>, Zn.<T>, Zm.<T> = 01000100 <size> 0 Zm:5 110000 Zn:5 Zd:5
        @bhsd uclamp Zd.<T>, Zn.<T>, Zm.<T> = 01000100 <size> 0 Zm:5 110001 Zn:5 Zd:5
        """;

    private SmeForms() {}
}
