package dev.tilesmith.processor.asm.aarch64;

/** Several vectors at once, predicates as counters, ZT0: Arm ARM supplement for SME, chapter D1, and SVE2.1. */
final class Sme2Forms {
    static final String TABLE = """
        set bhsd T size = b 00 / h 01 / s 10 / d 11
        set hsd T size = h 01 / s 10 / d 11
        set bhs T size = b 00 / h 01 / s 10
        set fsd T sz needs = s 0 '' / d 1 sme-f64f64
        set isd T sz needs = s 0 '' / d 1 sme-i16i64

        // Predicates as counters.
        set vl n vl = 2 0 / 4 1
        @bhsd ptrue PNd.<T> = 00100101 <size> 1000000111100000 010 PNd:3
        @bhsd @vl whilelt PNd.<T>, Xn, Xm, vlx<n> = 00100101 <size> 1 Rm:5 01 <vl> 0 0 1 Rn:5 1 0 PNd:3
        @bhsd @vl whilele PNd.<T>, Xn, Xm, vlx<n> = 00100101 <size> 1 Rm:5 01 <vl> 0 0 1 Rn:5 1 1 PNd:3
        @bhsd @vl whilelo PNd.<T>, Xn, Xm, vlx<n> = 00100101 <size> 1 Rm:5 01 <vl> 0 1 1 Rn:5 1 0 PNd:3
        @bhsd @vl whilels PNd.<T>, Xn, Xm, vlx<n> = 00100101 <size> 1 Rm:5 01 <vl> 0 1 1 Rn:5 1 1 PNd:3
        @bhsd @vl cntp Xd, PNn.<T>, vlx<n> = 00100101 <size> 100000 10000 <vl> 1 PNn:4 Rd:5
        @bhsd pext Pd.<T>, PNn[i] = 00100101 <size> 100000 011100 i:2 PNn:3 1 Pd:4

        // Memory, by 2 and by 4 vectors, in a row and strided.
        set mem c T msz = b b 00 / h h 01 / w s 10 / d d 11
        set memk c T msz k = h h 01 1 / w s 10 2 / d d 11 3
        @mem ld1<c> {Zt.<T>*2}, PNg/z, [Xn|SP, #2*imm4, mul vl] = 10100000010 0 imm4:s4 0 <msz> PNg:3 Rn:5 Zt:4 0
        @mem ld1<c> {Zt.<T>*4}, PNg/z, [Xn|SP, #4*imm4, mul vl] = 10100000010 0 imm4:s4 1 <msz> PNg:3 Rn:5 Zt:3 00
        @mem ld1<c> {Z(T:0:Zt).<T>^2}, PNg/z, [Xn|SP, #2*imm4, mul vl] = 10100001010 0 imm4:s4 0 <msz> PNg:3 Rn:5 T:1 0 Zt:3
        @mem ld1<c> {Z(T:00:Zt).<T>^4}, PNg/z, [Xn|SP, #4*imm4, mul vl] = 10100001010 0 imm4:s4 1 <msz> PNg:3 Rn:5 T:1 00 Zt:2
        ld1b {Zt.b*2}, PNg/z, [Xn|SP, Xm{0..30}] = 10100000000 Rm:5 0 00 PNg:3 Rn:5 Zt:4 0
        ld1b {Zt.b*4}, PNg/z, [Xn|SP, Xm{0..30}] = 10100000000 Rm:5 1 00 PNg:3 Rn:5 Zt:3 00
        ld1b {Z(T:0:Zt).b^2}, PNg/z, [Xn|SP, Xm{0..30}] = 10100001000 Rm:5 0 00 PNg:3 Rn:5 T:1 0 Zt:3
        ld1b {Z(T:00:Zt).b^4}, PNg/z, [Xn|SP, Xm{0..30}] = 10100001000 Rm:5 1 00 PNg:3 Rn:5 T:1 00 Zt:2
        @memk ld1<c> {Zt.<T>*2}, PNg/z, [Xn|SP, Xm{0..30}, lsl #<k>] = 10100000000 Rm:5 0 <msz> PNg:3 Rn:5 Zt:4 0
        @memk ld1<c> {Zt.<T>*4}, PNg/z, [Xn|SP, Xm{0..30}, lsl #<k>] = 10100000000 Rm:5 1 <msz> PNg:3 Rn:5 Zt:3 00
        @memk ld1<c> {Z(T:0:Zt).<T>^2}, PNg/z, [Xn|SP, Xm{0..30}, lsl #<k>] = 10100001000 Rm:5 0 <msz> PNg:3 Rn:5 T:1 0 Zt:3
        @memk ld1<c> {Z(T:00:Zt).<T>^4}, PNg/z, [Xn|SP, Xm{0..30}, lsl #<k>] = 10100001000 Rm:5 1 <msz> PNg:3 Rn:5 T:1 00 Zt:2
        @mem ldnt1<c> {Zt.<T>*2}, PNg/z, [Xn|SP, #2*imm4, mul vl] = 10100000010 0 imm4:s4 0 <msz> PNg:3 Rn:5 Zt:4 1
        @mem ldnt1<c> {Zt.<T>*4}, PNg/z, [Xn|SP, #4*imm4, mul vl] = 10100000010 0 imm4:s4 1 <msz> PNg:3 Rn:5 Zt:3 01
        @mem st1<c> {Zt.<T>*2}, PNg, [Xn|SP, #2*imm4, mul vl] = 10100000011 0 imm4:s4 0 <msz> PNg:3 Rn:5 Zt:4 0
        @mem st1<c> {Zt.<T>*4}, PNg, [Xn|SP, #4*imm4, mul vl] = 10100000011 0 imm4:s4 1 <msz> PNg:3 Rn:5 Zt:3 00
        @mem st1<c> {Z(T:0:Zt).<T>^2}, PNg, [Xn|SP, #2*imm4, mul vl] = 10100001011 0 imm4:s4 0 <msz> PNg:3 Rn:5 T:1 0 Zt:3
        @mem st1<c> {Z(T:00:Zt).<T>^4}, PNg, [Xn|SP, #4*imm4, mul vl] = 10100001011 0 imm4:s4 1 <msz> PNg:3 Rn:5 T:1 00 Zt:2
        st1b {Zt.b*2}, PNg, [Xn|SP, Xm{0..30}] = 10100000001 Rm:5 0 00 PNg:3 Rn:5 Zt:4 0
        st1b {Zt.b*4}, PNg, [Xn|SP, Xm{0..30}] = 10100000001 Rm:5 1 00 PNg:3 Rn:5 Zt:3 00
        @memk st1<c> {Zt.<T>*2}, PNg, [Xn|SP, Xm{0..30}, lsl #<k>] = 10100000001 Rm:5 0 <msz> PNg:3 Rn:5 Zt:4 0
        @memk st1<c> {Zt.<T>*4}, PNg, [Xn|SP, Xm{0..30}, lsl #<k>] = 10100000001 Rm:5 1 <msz> PNg:3 Rn:5 Zt:3 00
        ldr zt0, [Xn|SP] = 1110000 1 00 0 11111 100000 Rn:5 00000
        str zt0, [Xn|SP] = 1110000 1 00 1 11111 100000 Rn:5 00000
        zero {zt0} = 11000000 01 00100000000000000000 01

        // Between ZA and vectors; the tile and the offset share bits.
        set hv HV V = h 0 / v 1
        set two T size n off bits = b 00 0 2*off:2 off:3 / h 01 n 2*off:2 n:1_off:2 / s 10 n 2*off:2 n:2_off:1 / d 11 n 0:2 n:3
        set four T size n off bits = b 00 0 4*off:4 0_off:2 / h 01 n 4*off:4 0_n:1_off:1 / s 10 n 0:4 0_n:2 / d 11 n 0:4 n:3
        @two @hv mova {Zd.<T>*2}, ZA(<n>)<HV>.<T>[W12+Rs, <off>] = 11000000 <size> 000110 <V> Rs:2 000 00 <bits> Zd:4 0
        @four @hv mova {Zd.<T>*4}, ZA(<n>)<HV>.<T>[W12+Rs, <off>] = 11000000 <size> 000110 <V> Rs:2 001 00 <bits> Zd:3 00
        @two @hv mova ZA(<n>)<HV>.<T>[W12+Rs, <off>], {Zn.<T>*2} = 11000000 <size> 000100 <V> Rs:2 000 Zn:4 000 <bits>
        @four @hv mova ZA(<n>)<HV>.<T>[W12+Rs, <off>], {Zn.<T>*4} = 11000000 <size> 000100 <V> Rs:2 001 Zn:3 0000 <bits>
        @bhsd mova {Zd.<T>*2}, ZA.<T>[W8+Rv, off, vgx2] = 11000000 00 000110 0 Rv:2 010 00 off:3 Zd:4 0
        @bhsd mova {Zd.<T>*4}, ZA.<T>[W8+Rv, off, vgx4] = 11000000 00 000110 0 Rv:2 011 00 off:3 Zd:3 00
        @bhsd mova ZA.<T>[W8+Rv, off, vgx2], {Zn.<T>*2} = 11000000 00 000100 0 Rv:2 010 Zn:4 000 off:3
        @bhsd mova ZA.<T>[W8+Rv, off, vgx4], {Zn.<T>*4} = 11000000 00 000100 0 Rv:2 011 Zn:3 0000 off:3

        // Dot products into ZA: several vectors by one, by several, by an element.
        set dot m Ta Tb sz f op needs = sdot s b 0 101 00 '' / udot s b 0 101 10 '' / usdot s b 0 101 01 '' / sudot s b 0 101 11 '' / sdot d h 1 101 00 sme-i16i64 / udot d h 1 101 10 sme-i16i64 / sdot s h 1 101 01 '' / udot s h 1 101 11 '' / fdot s h 0 100 00 '' / bfdot s h 0 100 10 ''
        set dots m Ta Tb sz f op needs = sdot s b 0 101 00 '' / udot s b 0 101 10 '' / usdot s b 0 101 01 '' / sdot d h 1 101 00 sme-i16i64 / udot d h 1 101 10 sme-i16i64 / sdot s h 1 101 01 '' / udot s h 1 101 11 '' / fdot s h 0 100 00 '' / bfdot s h 0 100 10 ''
        set doti m Ta Tb op = sdot s b 1_00 / udot s b 1_10 / usdot s b 1_01 / sudot s b 1_11 / sdot s h 0_00 / udot s h 0_10 / fdot s h 0_01 / bfdot s h 0_11
        @dot <m> ZA.<Ta>[W8+Rv, off, vgx2], {Zn.<Tb>+2}, Zm.<Tb> = 11000001 0 <sz> 1 0 Zm:4 0 Rv:2 <f> Zn:5 <op> off:3
        @dot <m> ZA.<Ta>[W8+Rv, off, vgx4], {Zn.<Tb>+4}, Zm.<Tb> = 11000001 0 <sz> 1 1 Zm:4 0 Rv:2 <f> Zn:5 <op> off:3
        @dots <m> ZA.<Ta>[W8+Rv, off, vgx2], {Zn.<Tb>*2}, {Zm.<Tb>*2} = 11000001 1 <sz> 1 Zm:4 0 0 Rv:2 <f> Zn:4 0 <op> off:3
        @dots <m> ZA.<Ta>[W8+Rv, off, vgx4], {Zn.<Tb>*4}, {Zm.<Tb>*4} = 11000001 1 <sz> 1 Zm:3 01 0 Rv:2 <f> Zn:3 00 <op> off:3
        @doti <m> ZA.<Ta>[W8+Rv, off, vgx2], {Zn.<Tb>*2}, Zm.<Tb>[i] = 11000001 0101 Zm:4 0 Rv:2 1 i:2 Zn:4 <op> off:3
        @doti <m> ZA.<Ta>[W8+Rv, off, vgx4], {Zn.<Tb>*4}, Zm.<Tb>[i] = 11000001 0101 Zm:4 1 Rv:2 1 i:2 Zn:3 0 <op> off:3

        // Sums and products into ZA.
        set mul m op = fmla 00 / fmls 01
        set sum m op = add 10 / sub 11
        set facc m op = fadd 00 / fsub 01
        @fsd @mul <m> ZA.<T>[W8+Rv, off, vgx2], {Zn.<T>+2}, Zm.<T> = 11000001 0 <sz> 1 0 Zm:4 0 Rv:2 110 Zn:5 <op> off:3
        @fsd @mul <m> ZA.<T>[W8+Rv, off, vgx4], {Zn.<T>+4}, Zm.<T> = 11000001 0 <sz> 1 1 Zm:4 0 Rv:2 110 Zn:5 <op> off:3
        @fsd @mul <m> ZA.<T>[W8+Rv, off, vgx2], {Zn.<T>*2}, {Zm.<T>*2} = 11000001 1 <sz> 1 Zm:4 0 0 Rv:2 110 Zn:4 0 <op> off:3
        @fsd @mul <m> ZA.<T>[W8+Rv, off, vgx4], {Zn.<T>*4}, {Zm.<T>*4} = 11000001 1 <sz> 1 Zm:3 01 0 Rv:2 110 Zn:3 00 <op> off:3
        fmla ZA.s[W8+Rv, off, vgx2], {Zn.s*2}, Zm.s[i] = 11000001 0101 Zm:4 0 Rv:2 0 i:2 Zn:4 0 00 off:3
        fmla ZA.s[W8+Rv, off, vgx4], {Zn.s*4}, Zm.s[i] = 11000001 0101 Zm:4 1 Rv:2 0 i:2 Zn:3 00 00 off:3
        fmls ZA.s[W8+Rv, off, vgx2], {Zn.s*2}, Zm.s[i] = 11000001 0101 Zm:4 0 Rv:2 0 i:2 Zn:4 0 10 off:3
        fmls ZA.s[W8+Rv, off, vgx4], {Zn.s*4}, Zm.s[i] = 11000001 0101 Zm:4 1 Rv:2 0 i:2 Zn:3 00 10 off:3
        @isd @sum <m> ZA.<T>[W8+Rv, off, vgx2], {Zn.<T>+2}, Zm.<T> = 11000001 0 <sz> 1 0 Zm:4 0 Rv:2 110 Zn:5 <op> off:3
        @isd @sum <m> ZA.<T>[W8+Rv, off, vgx4], {Zn.<T>+4}, Zm.<T> = 11000001 0 <sz> 1 1 Zm:4 0 Rv:2 110 Zn:5 <op> off:3
        @isd @sum <m> ZA.<T>[W8+Rv, off, vgx2], {Zn.<T>*2}, {Zm.<T>*2} = 11000001 1 <sz> 1 Zm:4 0 0 Rv:2 110 Zn:4 0 <op> off:3
        @isd @sum <m> ZA.<T>[W8+Rv, off, vgx4], {Zn.<T>*4}, {Zm.<T>*4} = 11000001 1 <sz> 1 Zm:3 01 0 Rv:2 110 Zn:3 00 <op> off:3
        @fsd @facc <m> ZA.<T>[W8+Rv, off, vgx2], {Zm.<T>*2} = 11000001 1 <sz> 1 00000 0 Rv:2 111 Zm:4 0 <op> off:3
        @fsd @facc <m> ZA.<T>[W8+Rv, off, vgx4], {Zm.<T>*4} = 11000001 1 <sz> 1 00001 0 Rv:2 111 Zm:3 00 <op> off:3
        @isd @sum <m> ZA.<T>[W8+Rv, off, vgx2], {Zm.<T>*2} = 11000001 1 <sz> 1 00000 0 Rv:2 111 Zm:4 0 <op> off:3
        @isd @sum <m> ZA.<T>[W8+Rv, off, vgx4], {Zm.<T>*4} = 11000001 1 <sz> 1 00001 0 Rv:2 111 Zm:3 00 <op> off:3
        smopa ZA(ZAda).s, Pn/m, Pm/m, Zn.h, Zm.h = 1010000 0 10 0 Zm:5 Pm:3 Pn:3 Zn:5 0 10 ZAda:2
        umopa ZA(ZAda).s, Pn/m, Pm/m, Zn.h, Zm.h = 1010000 1 10 0 Zm:5 Pm:3 Pn:3 Zn:5 0 10 ZAda:2
        sdot Zda.s, Zn.h, Zm.h = 01000100 00 0 Zm:5 110010 Zn:5 Zda:5
        udot Zda.s, Zn.h, Zm.h = 01000100 00 0 Zm:5 110011 Zn:5 Zda:5
        fdot Zda.s, Zn.h, Zm.h = 01100100 00 1 Zm:5 100000 Zn:5 Zda:5

        // Several vectors, element by element.
        set fbinary m op o = fmax 01000 0 / fmin 01000 1 / fmaxnm 01001 0 / fminnm 01001 1
        set ibinary m op o = smax 00000 0 / umax 00000 1 / smin 00001 0 / umin 00001 1
        @hsd @fbinary <m> {Zdn.<T>*2}, {Zdn.<T>*2}, Zm.<T> = 11000001 <size> 10 Zm:4 101000 <op> Zdn:4 <o>
        @hsd @fbinary <m> {Zdn.<T>*4}, {Zdn.<T>*4}, Zm.<T> = 11000001 <size> 10 Zm:4 101010 <op> Zdn:3 0 <o>
        @hsd @fbinary <m> {Zdn.<T>*2}, {Zdn.<T>*2}, {Zm.<T>*2} = 11000001 <size> 1 Zm:4 0 101100 <op> Zdn:4 <o>
        @hsd @fbinary <m> {Zdn.<T>*4}, {Zdn.<T>*4}, {Zm.<T>*4} = 11000001 <size> 1 Zm:3 00 101110 <op> Zdn:3 0 <o>
        @bhsd @ibinary <m> {Zdn.<T>*2}, {Zdn.<T>*2}, Zm.<T> = 11000001 <size> 10 Zm:4 101000 <op> Zdn:4 <o>
        @bhsd @ibinary <m> {Zdn.<T>*4}, {Zdn.<T>*4}, Zm.<T> = 11000001 <size> 10 Zm:4 101010 <op> Zdn:3 0 <o>
        @bhsd add {Zdn.<T>*2}, {Zdn.<T>*2}, Zm.<T> = 11000001 <size> 10 Zm:4 101000 11000 Zdn:4 0
        @bhsd add {Zdn.<T>*4}, {Zdn.<T>*4}, Zm.<T> = 11000001 <size> 10 Zm:4 101010 11000 Zdn:3 00
        @bhsd sqdmulh {Zdn.<T>*2}, {Zdn.<T>*2}, Zm.<T> = 11000001 <size> 10 Zm:4 101001 00000 Zdn:4 0
        @bhsd sqdmulh {Zdn.<T>*4}, {Zdn.<T>*4}, Zm.<T> = 11000001 <size> 10 Zm:4 101011 00000 Zdn:3 00
        @hsd fclamp Zd.<T>, Zn.<T>, Zm.<T> = 01100100 <size> 1 Zm:5 001001 Zn:5 Zd:5
        @hsd fclamp {Zd.<T>*2}, Zn.<T>, Zm.<T> = 11000001 <size> 1 Zm:5 110000 Zn:5 Zd:4 0
        @hsd fclamp {Zd.<T>*4}, Zn.<T>, Zm.<T> = 11000001 <size> 1 Zm:5 110010 Zn:5 Zd:3 00
        @bhsd sclamp {Zd.<T>*2}, Zn.<T>, Zm.<T> = 11000001 <size> 1 Zm:5 110001 Zn:5 Zd:4 0
        @bhsd sclamp {Zd.<T>*4}, Zn.<T>, Zm.<T> = 11000001 <size> 1 Zm:5 110011 Zn:5 Zd:3 00
        @bhsd uclamp {Zd.<T>*2}, Zn.<T>, Zm.<T> = 11000001 <size> 1 Zm:5 110001 Zn:5 Zd:4 1
        @bhsd uclamp {Zd.<T>*4}, Zn.<T>, Zm.<T> = 11000001 <size> 1 Zm:5 110011 Zn:5 Zd:3 01
        @bhsd sel {Zd.<T>*2}, PNg, {Zn.<T>*2}, {Zm.<T>*2} = 11000001 <size> 1 Zm:4 0 100 PNg:3 Zn:4 0 Zd:4 0
        @bhsd sel {Zd.<T>*4}, PNg, {Zn.<T>*4}, {Zm.<T>*4} = 11000001 <size> 1 Zm:3 01 100 PNg:3 Zn:3 00 Zd:3 00

        // Conversions.
        set cvt m op u = scvtf 0010 0 / ucvtf 0010 1 / fcvtzs 0001 0 / fcvtzu 0001 1
        set round m op = frintn 1000 / frintp 1001 / frintm 1010 / frinta 1100
        set narrow m sz op = fcvt 00 0 / fcvtn 00 1 / bfcvt 01 0 / bfcvtn 01 1
        set sat m Ta Tb op n u = sqcvt b s 00 0 0 / sqcvt h d 10 0 0 / sqcvtn b s 00 1 0 / sqcvtn h d 10 1 0 / uqcvt b s 00 0 1 / uqcvt h d 10 0 1 / sqcvtu b s 01 0 0 / sqcvtu h d 11 0 0
        set unpack Ta Tb size = h b 01 / s h 10 / d s 11
        @cvt <m> {Zd.s*2}, {Zn.s*2} = 11000001 0010 <op> 111000 Zn:4 <u> Zd:4 0
        @cvt <m> {Zd.s*4}, {Zn.s*4} = 11000001 0011 <op> 111000 Zn:3 0 <u> Zd:3 00
        @round <m> {Zd.s*2}, {Zn.s*2} = 11000001 1010 <op> 111000 Zn:4 0 Zd:4 0
        @round <m> {Zd.s*4}, {Zn.s*4} = 11000001 1011 <op> 111000 Zn:3 00 Zd:3 00
        @narrow <m> Zd.h, {Zn.s*2} = 11000001 <sz> 100000 111000 Zn:4 <op> Zd:5
        sqcvt Zd.h, {Zn.s*2} = 11000001 0010 0011 111000 Zn:4 0 Zd:5
        @sat <m> Zd.<Ta>, {Zn.<Tb>*4} = 11000001 <op> 110011 111000 Zn:3 <n> <u> Zd:5
        sqrshr Zd.b, {Zn.s*4}, #32-imm5 = 11000001 011 imm5:5 110110 Zn:3 00 Zd:5
        sqrshrn Zd.b, {Zn.s*4}, #32-imm5 = 11000001 011 imm5:5 110111 Zn:3 00 Zd:5
        @unpack sunpk {Zd.<Ta>*2}, Zn.<Tb> = 11000001 <size> 100101 111000 Zn:5 Zd:4 0
        @unpack sunpk {Zd.<Ta>*4}, {Zn.<Tb>*2} = 11000001 <size> 110101 111000 Zn:4 0 Zd:3 00
        @unpack uunpk {Zd.<Ta>*2}, Zn.<Tb> = 11000001 <size> 100101 111000 Zn:5 Zd:4 1
        @unpack uunpk {Zd.<Ta>*4}, {Zn.<Tb>*2} = 11000001 <size> 110101 111000 Zn:4 0 Zd:3 01

        // Permutations and lookups.
        set hs T size = h 01 / s 10
        @bhsd zip {Zd.<T>*2}, Zn.<T>, Zm.<T> = 11000001 <size> 1 Zm:5 110100 Zn:5 Zd:4 0
        @bhsd uzp {Zd.<T>*2}, Zn.<T>, Zm.<T> = 11000001 <size> 1 Zm:5 110100 Zn:5 Zd:4 1
        zip {Zd.q*2}, Zn.q, Zm.q = 11000001 00 1 Zm:5 110101 Zn:5 Zd:4 0
        uzp {Zd.q*2}, Zn.q, Zm.q = 11000001 00 1 Zm:5 110101 Zn:5 Zd:4 1
        @bhsd zip {Zd.<T>*4}, {Zn.<T>*4} = 11000001 <size> 110110 111000 Zn:3 00 Zd:3 00
        @bhsd uzp {Zd.<T>*4}, {Zn.<T>*4} = 11000001 <size> 110110 111000 Zn:3 00 Zd:3 10
        zip {Zd.q*4}, {Zn.q*4} = 11000001 00 110111 111000 Zn:3 00 Zd:3 00
        uzp {Zd.q*4}, {Zn.q*4} = 11000001 00 110111 111000 Zn:3 00 Zd:3 10
        @bhs luti2 Zd.<T>, zt0, Zn[i] = 11000000 110011 i:4 <size> 00 Zn:5 Zd:5
        @bhs luti2 {Zd.<T>*2}, zt0, Zn[i] = 11000000 100011 i:3 1 <size> 00 Zn:5 Zd:4 0
        @bhs luti2 {Zd.<T>*4}, zt0, Zn[i] = 11000000 100011 i:2 10 <size> 00 Zn:5 Zd:3 00
        @bhs luti4 Zd.<T>, zt0, Zn[i] = 11000000 110010 1 i:3 <size> 00 Zn:5 Zd:5
        @bhs luti4 {Zd.<T>*2}, zt0, Zn[i] = 11000000 100010 1 i:2 1 <size> 00 Zn:5 Zd:4 0
        @hs luti4 {Zd.<T>*4}, zt0, Zn[i] = 11000000 100010 1 i:1 10 <size> 00 Zn:5 Zd:3 00
        """;

    private Sme2Forms() {}
}
