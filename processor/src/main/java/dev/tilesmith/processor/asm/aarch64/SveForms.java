package dev.tilesmith.processor.asm.aarch64;

/** Scalable vectors, SVE and SVE2: Arm ARM C8.2. Most are legal in streaming mode; {@code smmla} and its like are not. */
final class SveForms {
    static final String TABLE = """
        set bhsd T size = b 00 / h 01 / s 10 / d 11
        set hsd T size = h 01 / s 10 / d 11
        set wx R sf = W 0 / X 1
        set counts c size = b 00 / h 01 / w 10 / d 11
        set general T size R = b 00 W / h 01 W / s 10 W / d 11 X
        set scalar T size F = b 00 B / h 01 H / s 10 S / d 11 D

        // What not every CPU has; what needs SVE alone is not legal in streaming mode.
        set sve2 needs = sve2|sme
        set i8mm needs = i8mm
        set bf16 needs = bf16
        set alone needs = sve

        // Predicates.
        @bhsd ptrue Pd.<T> = 00100101 <size> 011 00 0 111000 11111 0 Pd:4
        @bhsd ptrue Pd.<T>, count(pattern) = 00100101 <size> 011 00 0 111000 pattern:5 0 Pd:4
        pfalse Pd.b = 00100101 00 011 00 0 111001 00000 0 Pd:4
        @bhsd @wx whilelt Pd.<T>, <R>n, <R>m = 00100101 <size> 1 Rm:5 000 <sf> 0 1 Rn:5 0 Pd:4
        @bhsd @wx whilele Pd.<T>, <R>n, <R>m = 00100101 <size> 1 Rm:5 000 <sf> 0 1 Rn:5 1 Pd:4
        @bhsd @wx whilelo Pd.<T>, <R>n, <R>m = 00100101 <size> 1 Rm:5 000 <sf> 1 1 Rn:5 0 Pd:4
        @bhsd @wx whilels Pd.<T>, <R>n, <R>m = 00100101 <size> 1 Rm:5 000 <sf> 1 1 Rn:5 1 Pd:4
        @bhsd cntp Xd, Pg, Pn.<T> = 00100101 <size> 100 000 10 Pg:4 0 Pn:4 Rd:5
        and Pd.b, Pg/z, Pn.b, Pm.b = 00100101 0 0 00 Pm:4 01 Pg:4 0 Pn:4 0 Pd:4
        bic Pd.b, Pg/z, Pn.b, Pm.b = 00100101 0 0 00 Pm:4 01 Pg:4 0 Pn:4 1 Pd:4
        eor Pd.b, Pg/z, Pn.b, Pm.b = 00100101 0 0 00 Pm:4 01 Pg:4 1 Pn:4 0 Pd:4
        orr Pd.b, Pg/z, Pn.b, Pm.b = 00100101 1 0 00 Pm:4 01 Pg:4 0 Pn:4 0 Pd:4
        mov Pd.b, Pn.b = 00100101 1 0 00 Pn:4 01 Pn:4 0 Pn:4 0 Pd:4
        ptest Pg, Pn.b = 00100101 0 1 01 0000 11 Pg:4 0 Pn:4 0 0000

        // Counts.
        @counts cnt<c> Xd = 00000100 <size> 10 0000 11100 0 11111 Rd:5
        @counts cnt<c> Xd, count(pattern) = 00000100 <size> 10 0000 11100 0 pattern:5 Rd:5
        @counts cnt<c> Xd, count(pattern), mul #imm4+1 = 00000100 <size> 10 imm4:4 11100 0 pattern:5 Rd:5
        @counts inc<c> Xdn = 00000100 <size> 11 0000 11100 0 11111 Rdn:5
        @counts inc<c> Xdn, count(pattern) = 00000100 <size> 11 0000 11100 0 pattern:5 Rdn:5
        @counts inc<c> Xdn, count(pattern), mul #imm4+1 = 00000100 <size> 11 imm4:4 11100 0 pattern:5 Rdn:5
        @counts dec<c> Xdn = 00000100 <size> 11 0000 11100 1 11111 Rdn:5
        @counts dec<c> Xdn, count(pattern), mul #imm4+1 = 00000100 <size> 11 imm4:4 11100 1 pattern:5 Rdn:5
        addvl Xd|SP, Xn|SP, #imm6 = 00000100 001 Rn:5 01010 imm6:s6 Rd:5
        addpl Xd|SP, Xn|SP, #imm6 = 00000100 011 Rn:5 01010 imm6:s6 Rd:5
        rdvl Xd, #imm6 = 00000100 101 11111 01010 imm6:s6 Rd:5

        // Memory: dtype is the size in memory and that of the element; st has msz and size.
        set ld1 c T dtype = b b 0000 / b h 0001 / b s 0010 / b d 0011 / h h 0101 / h s 0110 / h d 0111 / w s 1010 / w d 1011 / d d 1111 / sb d 1100 / sb s 1101 / sb h 1110 / sh d 1000 / sh s 1001 / sw d 0100
        set ld1k c T dtype k = h h 0101 1 / h s 0110 1 / h d 0111 1 / w s 1010 2 / w d 1011 2 / d d 1111 3 / sh d 1000 1 / sh s 1001 1 / sw d 0100 2
        set ld1b c T dtype = b b 0000 / b h 0001 / b s 0010 / b d 0011 / sb d 1100 / sb s 1101 / sb h 1110
        set st1 c T msz = b b 00_00 / b h 00_01 / b s 00_10 / b d 00_11 / h h 01_01 / h s 01_10 / h d 01_11 / w s 10_10 / w d 10_11 / d d 11_11
        set st1k c T msz k = h h 01_01 1 / h s 01_10 1 / h d 01_11 1 / w s 10_10 2 / w d 10_11 2 / d d 11_11 3
        set st1b T msz = b 00_00 / h 00_01 / s 00_10 / d 00_11
        set ld1r c T h l n = b b 00 00 1 / b h 00 01 1 / b s 00 10 1 / b d 00 11 1 / h h 01 01 2 / h s 01 10 2 / h d 01 11 2 / w s 10 10 4 / w d 10 11 4 / d d 11 11 8 / sb d 11 00 1 / sb s 11 01 1 / sb h 11 10 1 / sh d 10 00 2 / sh s 10 01 2 / sw d 01 00 4
        set ld1rq c T msz = b b 00 / h h 01 / w s 10 / d d 11
        set ld1rqk c T msz k = h h 01 1 / w s 10 2 / d d 11 3
        @ld1 ld1<c> {Zt.<T>}, Pg/z, [Xn|SP, #imm4, mul vl] = 1010010 <dtype> 0 imm4:s4 101 Pg:3 Rn:5 Zt:5
        @ld1b ld1<c> {Zt.<T>}, Pg/z, [Xn|SP, Xm{0..30}] = 1010010 <dtype> Rm:5 010 Pg:3 Rn:5 Zt:5
        @ld1k ld1<c> {Zt.<T>}, Pg/z, [Xn|SP, Xm{0..30}, lsl #<k>] = 1010010 <dtype> Rm:5 010 Pg:3 Rn:5 Zt:5
        @st1 st1<c> {Zt.<T>}, Pg, [Xn|SP, #imm4, mul vl] = 1110010 <msz> 0 imm4:s4 111 Pg:3 Rn:5 Zt:5
        @st1b st1b {Zt.<T>}, Pg, [Xn|SP, Xm{0..30}] = 1110010 <msz> Rm:5 010 Pg:3 Rn:5 Zt:5
        @st1k st1<c> {Zt.<T>}, Pg, [Xn|SP, Xm{0..30}, lsl #<k>] = 1110010 <msz> Rm:5 010 Pg:3 Rn:5 Zt:5
        @ld1r ld1r<c> {Zt.<T>}, Pg/z, [Xn|SP, #<n>*imm6] = 1000010 <h> 1 imm6:6 1 <l> Pg:3 Rn:5 Zt:5
        @ld1rq ld1rq<c> {Zt.<T>}, Pg/z, [Xn|SP, #16*imm4] = 1010010 <msz> 00 0 imm4:s4 001 Pg:3 Rn:5 Zt:5
        ld1rqb {Zt.b}, Pg/z, [Xn|SP, Xm{0..30}] = 1010010 00 00 Rm:5 000 Pg:3 Rn:5 Zt:5
        @ld1rqk ld1rq<c> {Zt.<T>}, Pg/z, [Xn|SP, Xm{0..30}, lsl #<k>] = 1010010 <msz> 00 Rm:5 000 Pg:3 Rn:5 Zt:5
        ldr Zt, [Xn|SP, #imm9h:imm9l, mul vl] = 10000101 10 imm9h:s6 010 imm9l:3 Rn:5 Zt:5
        ldr Pt, [Xn|SP, #imm9h:imm9l, mul vl] = 10000101 10 imm9h:s6 000 imm9l:3 Rn:5 0 Pt:4
        str Zt, [Xn|SP, #imm9h:imm9l, mul vl] = 11100101 10 imm9h:s6 010 imm9l:3 Rn:5 Zt:5
        str Pt, [Xn|SP, #imm9h:imm9l, mul vl] = 11100101 10 imm9h:s6 000 imm9l:3 Rn:5 0 Pt:4
        prfb prefetch(a:0:b), Pg, [Xn|SP, #imm6, mul vl] = 1000010 11 1 imm6:s6 0 00 Pg:3 Rn:5 0 a:1 b:3

        // Moves.
        set dupe T i imm = b a:i a:2_1_i:4_1 / h a:i a:2_1_i:3_10 / s a:i a:2_1_i:2_100 / d a:i a:2_1_i:1_1000
        @general dup Zd.<T>, <R>n|SP = 00000101 <size> 100000 001110 Rn:5 Zd:5
        @bhsd dup Zd.<T>, #imm8 = 00100101 <size> 111 00 0 11 0 imm8:s8 Zd:5
        @hsd dup Zd.<T>, #imm8, lsl #8 = 00100101 <size> 111 00 0 11 1 imm8:s8 Zd:5
        @dupe dup Zd.<T>, Zn.<T>[<i>] = 00000101 <imm> 001000 Zn:5 Zd:5
        @hsd fdup Zd.<T>, #float(imm8) = 00100101 <size> 111 00 1 11 0 imm8:8 Zd:5
        @hsd fcpy Zd.<T>, Pg/m, #float(imm8) = 00000101 <size> 01 Pg:4 110 imm8:8 Zd:5
        mov Zd.d, Zn.d = 00000100 01 1 Zn:5 001100 Zn:5 Zd:5
        @general mov Zd.<T>, <R>n|SP = 00000101 <size> 100000 001110 Rn:5 Zd:5
        @bhsd mov Zd.<T>, #imm8 = 00100101 <size> 111 00 0 11 0 imm8:s8 Zd:5
        @bhsd mov Zd.<T>, Pg/m, Zn.<T> = 00000101 <size> 1 Zd:5 11 Pg:4 Zn:5 Zd:5
        @general mov Zd.<T>, Pg/m, <R>n|SP = 00000101 <size> 101000 101 Pg:3 Rn:5 Zd:5
        @bhsd cpy Zd.<T>, Pg/z, #imm8 = 00000101 <size> 01 Pg:4 0 0 0 imm8:s8 Zd:5
        @bhsd cpy Zd.<T>, Pg/m, #imm8 = 00000101 <size> 01 Pg:4 0 1 0 imm8:s8 Zd:5
        @bhsd sel Zd.<T>, Pg, Zn.<T>, Zm.<T> = 00000101 <size> 1 Zm:5 11 Pg:4 Zn:5 Zd:5
        @bhsd index Zd.<T>, #imm5, #imm5b = 00000100 <size> 1 imm5b:s5 010000 imm5:s5 Zd:5
        @general index Zd.<T>, <R>n, #imm5b = 00000100 <size> 1 imm5b:s5 010001 Rn:5 Zd:5
        @general index Zd.<T>, <R>n, <R>m = 00000100 <size> 1 Rm:5 010011 Rn:5 Zd:5
        movprfx Zd, Zn = 00000100 00 1 00000 101111 Zn:5 Zd:5
        @bhsd movprfx Zd.<T>, Pg/z, Zn.<T> = 00000100 <size> 010 00 0 001 Pg:3 Zn:5 Zd:5
        @bhsd movprfx Zd.<T>, Pg/m, Zn.<T> = 00000100 <size> 010 00 1 001 Pg:3 Zn:5 Zd:5

        // Floats.
        @hsd fadd Zd.<T>, Zn.<T>, Zm.<T> = 01100101 <size> 0 Zm:5 000 000 Zn:5 Zd:5
        @hsd fsub Zd.<T>, Zn.<T>, Zm.<T> = 01100101 <size> 0 Zm:5 000 001 Zn:5 Zd:5
        @hsd fmul Zd.<T>, Zn.<T>, Zm.<T> = 01100101 <size> 0 Zm:5 000 010 Zn:5 Zd:5
        @hsd fadd Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 01100101 <size> 00 0000 100 Pg:3 Zm:5 Zdn:5
        @hsd fsub Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 01100101 <size> 00 0001 100 Pg:3 Zm:5 Zdn:5
        @hsd fmul Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 01100101 <size> 00 0010 100 Pg:3 Zm:5 Zdn:5
        @hsd fmaxnm Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 01100101 <size> 00 0100 100 Pg:3 Zm:5 Zdn:5
        @hsd fminnm Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 01100101 <size> 00 0101 100 Pg:3 Zm:5 Zdn:5
        @hsd fmax Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 01100101 <size> 00 0110 100 Pg:3 Zm:5 Zdn:5
        @hsd fmin Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 01100101 <size> 00 0111 100 Pg:3 Zm:5 Zdn:5
        @hsd fabd Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 01100101 <size> 00 1000 100 Pg:3 Zm:5 Zdn:5
        @hsd fdiv Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 01100101 <size> 00 1101 100 Pg:3 Zm:5 Zdn:5
        @hsd fmla Zda.<T>, Pg/m, Zn.<T>, Zm.<T> = 01100101 <size> 1 Zm:5 000 Pg:3 Zn:5 Zda:5
        @hsd fmls Zda.<T>, Pg/m, Zn.<T>, Zm.<T> = 01100101 <size> 1 Zm:5 001 Pg:3 Zn:5 Zda:5
        @hsd fmad Zdn.<T>, Pg/m, Zm.<T>, Za.<T> = 01100101 <size> 1 Za:5 100 Pg:3 Zm:5 Zdn:5
        fmla Zda.h, Zn.h, Zm.h[a:i] = 01100100 0 a:1 1 i:2 Zm:3 000000 Zn:5 Zda:5
        fmla Zda.s, Zn.s, Zm.s[i] = 01100100 10 1 i:2 Zm:3 000000 Zn:5 Zda:5
        fmla Zda.d, Zn.d, Zm.d[i] = 01100100 11 1 i:1 Zm:4 000000 Zn:5 Zda:5
        fmls Zda.s, Zn.s, Zm.s[i] = 01100100 10 1 i:2 Zm:3 000001 Zn:5 Zda:5
        fmul Zd.h, Zn.h, Zm.h[a:i] = 01100100 0 a:1 1 i:2 Zm:3 001000 Zn:5 Zd:5
        fmul Zd.s, Zn.s, Zm.s[i] = 01100100 10 1 i:2 Zm:3 001000 Zn:5 Zd:5
        fmul Zd.d, Zn.d, Zm.d[i] = 01100100 11 1 i:1 Zm:4 001000 Zn:5 Zd:5
        @hsd frintn Zd.<T>, Pg/m, Zn.<T> = 01100101 <size> 000 000 101 Pg:3 Zn:5 Zd:5
        @hsd frintp Zd.<T>, Pg/m, Zn.<T> = 01100101 <size> 000 001 101 Pg:3 Zn:5 Zd:5
        @hsd frintm Zd.<T>, Pg/m, Zn.<T> = 01100101 <size> 000 010 101 Pg:3 Zn:5 Zd:5
        @hsd frintz Zd.<T>, Pg/m, Zn.<T> = 01100101 <size> 000 011 101 Pg:3 Zn:5 Zd:5
        @hsd frinta Zd.<T>, Pg/m, Zn.<T> = 01100101 <size> 000 100 101 Pg:3 Zn:5 Zd:5
        @hsd fsqrt Zd.<T>, Pg/m, Zn.<T> = 01100101 <size> 001 101 101 Pg:3 Zn:5 Zd:5
        @hsd fabs Zd.<T>, Pg/m, Zn.<T> = 00000100 <size> 011 100 101 Pg:3 Zn:5 Zd:5
        @hsd fneg Zd.<T>, Pg/m, Zn.<T> = 00000100 <size> 011 101 101 Pg:3 Zn:5 Zd:5
        set icvt F I opc = h h 01_010_01 / h s 01_010_10 / s s 10_010_10 / d d 11_010_11
        set fcvt F I opc = h h 01_011_01 / h s 01_011_10 / s s 10_011_10 / d d 11_011_11
        @icvt scvtf Zd.<F>, Pg/m, Zn.<I> = 01100101 <opc> 0 101 Pg:3 Zn:5 Zd:5
        @icvt ucvtf Zd.<F>, Pg/m, Zn.<I> = 01100101 <opc> 1 101 Pg:3 Zn:5 Zd:5
        @fcvt fcvtzs Zd.<I>, Pg/m, Zn.<F> = 01100101 <opc> 0 101 Pg:3 Zn:5 Zd:5
        @fcvt fcvtzu Zd.<I>, Pg/m, Zn.<F> = 01100101 <opc> 1 101 Pg:3 Zn:5 Zd:5
        fcvt Zd.h, Pg/m, Zn.s = 01100101 10 0010 00 101 Pg:3 Zn:5 Zd:5
        fcvt Zd.s, Pg/m, Zn.h = 01100101 10 0010 01 101 Pg:3 Zn:5 Zd:5
        @bf16 bfcvt Zd.h, Pg/m, Zn.s = 01100101 10 0010 10 101 Pg:3 Zn:5 Zd:5
        @hsd fcmge Pd.<T>, Pg/z, Zn.<T>, Zm.<T> = 01100101 <size> 0 Zm:5 010 Pg:3 Zn:5 0 Pd:4
        @hsd fcmgt Pd.<T>, Pg/z, Zn.<T>, Zm.<T> = 01100101 <size> 0 Zm:5 010 Pg:3 Zn:5 1 Pd:4
        @hsd fcmeq Pd.<T>, Pg/z, Zn.<T>, Zm.<T> = 01100101 <size> 0 Zm:5 011 Pg:3 Zn:5 0 Pd:4
        @hsd fcmne Pd.<T>, Pg/z, Zn.<T>, Zm.<T> = 01100101 <size> 0 Zm:5 011 Pg:3 Zn:5 1 Pd:4
        @hsd fcmuo Pd.<T>, Pg/z, Zn.<T>, Zm.<T> = 01100101 <size> 0 Zm:5 110 Pg:3 Zn:5 0 Pd:4
        @hsd fcmge Pd.<T>, Pg/z, Zn.<T>, #0.0 = 01100101 <size> 0100 00 001 Pg:3 Zn:5 0 Pd:4
        @hsd fcmgt Pd.<T>, Pg/z, Zn.<T>, #0.0 = 01100101 <size> 0100 00 001 Pg:3 Zn:5 1 Pd:4
        @hsd fcmlt Pd.<T>, Pg/z, Zn.<T>, #0.0 = 01100101 <size> 0100 01 001 Pg:3 Zn:5 0 Pd:4
        @hsd fcmle Pd.<T>, Pg/z, Zn.<T>, #0.0 = 01100101 <size> 0100 01 001 Pg:3 Zn:5 1 Pd:4
        @hsd fcmeq Pd.<T>, Pg/z, Zn.<T>, #0.0 = 01100101 <size> 0100 10 001 Pg:3 Zn:5 0 Pd:4
        @hsd fcmne Pd.<T>, Pg/z, Zn.<T>, #0.0 = 01100101 <size> 0100 11 001 Pg:3 Zn:5 0 Pd:4
        set freduce T size F = h 01 H / s 10 S / d 11 D
        @freduce faddv <F>d, Pg, Zn.<T> = 01100101 <size> 000 000 001 Pg:3 Zn:5 Vd:5
        @freduce fmaxnmv <F>d, Pg, Zn.<T> = 01100101 <size> 000 100 001 Pg:3 Zn:5 Vd:5
        @freduce fminnmv <F>d, Pg, Zn.<T> = 01100101 <size> 000 101 001 Pg:3 Zn:5 Vd:5
        @freduce fmaxv <F>d, Pg, Zn.<T> = 01100101 <size> 000 110 001 Pg:3 Zn:5 Vd:5
        @freduce fminv <F>d, Pg, Zn.<T> = 01100101 <size> 000 111 001 Pg:3 Zn:5 Vd:5

        // Whole numbers.
        @bhsd add Zd.<T>, Zn.<T>, Zm.<T> = 00000100 <size> 1 Zm:5 000 000 Zn:5 Zd:5
        @bhsd sub Zd.<T>, Zn.<T>, Zm.<T> = 00000100 <size> 1 Zm:5 000 001 Zn:5 Zd:5
        @bhsd sqadd Zd.<T>, Zn.<T>, Zm.<T> = 00000100 <size> 1 Zm:5 000 100 Zn:5 Zd:5
        @bhsd uqadd Zd.<T>, Zn.<T>, Zm.<T> = 00000100 <size> 1 Zm:5 000 101 Zn:5 Zd:5
        @bhsd sqsub Zd.<T>, Zn.<T>, Zm.<T> = 00000100 <size> 1 Zm:5 000 110 Zn:5 Zd:5
        @sve2 @bhsd mul Zd.<T>, Zn.<T>, Zm.<T> = 00000100 <size> 1 Zm:5 0110 00 Zn:5 Zd:5
        @sve2 @bhsd smulh Zd.<T>, Zn.<T>, Zm.<T> = 00000100 <size> 1 Zm:5 0110 10 Zn:5 Zd:5
        @sve2 @bhsd sqdmulh Zd.<T>, Zn.<T>, Zm.<T> = 00000100 <size> 1 Zm:5 0111 00 Zn:5 Zd:5
        @sve2 @bhsd sqrdmulh Zd.<T>, Zn.<T>, Zm.<T> = 00000100 <size> 1 Zm:5 0111 01 Zn:5 Zd:5
        @bhsd add Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 000 000 000 Pg:3 Zm:5 Zdn:5
        @bhsd sub Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 000 001 000 Pg:3 Zm:5 Zdn:5
        @bhsd smax Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 001 000 000 Pg:3 Zm:5 Zdn:5
        @bhsd umax Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 001 001 000 Pg:3 Zm:5 Zdn:5
        @bhsd smin Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 001 010 000 Pg:3 Zm:5 Zdn:5
        @bhsd umin Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 001 011 000 Pg:3 Zm:5 Zdn:5
        @bhsd mul Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 010 000 000 Pg:3 Zm:5 Zdn:5
        @bhsd mla Zda.<T>, Pg/m, Zn.<T>, Zm.<T> = 00000100 <size> 0 Zm:5 010 Pg:3 Zn:5 Zda:5
        @bhsd mls Zda.<T>, Pg/m, Zn.<T>, Zm.<T> = 00000100 <size> 0 Zm:5 011 Pg:3 Zn:5 Zda:5
        @bhsd add Zdn.<T>, Zdn.<T>, #imm8 = 00100101 <size> 100 000 11 0 imm8:8 Zdn:5
        @bhsd sub Zdn.<T>, Zdn.<T>, #imm8 = 00100101 <size> 100 001 11 0 imm8:8 Zdn:5
        @bhsd smax Zdn.<T>, Zdn.<T>, #imm8 = 00100101 <size> 101 000 110 imm8:s8 Zdn:5
        @bhsd umax Zdn.<T>, Zdn.<T>, #imm8 = 00100101 <size> 101 001 110 imm8:8 Zdn:5
        @bhsd smin Zdn.<T>, Zdn.<T>, #imm8 = 00100101 <size> 101 010 110 imm8:s8 Zdn:5
        @bhsd umin Zdn.<T>, Zdn.<T>, #imm8 = 00100101 <size> 101 011 110 imm8:8 Zdn:5
        @bhsd mul Zdn.<T>, Zdn.<T>, #imm8 = 00100101 <size> 110 000 110 imm8:s8 Zdn:5
        @bhsd abs Zd.<T>, Pg/m, Zn.<T> = 00000100 <size> 010 110 101 Pg:3 Zn:5 Zd:5
        @bhsd neg Zd.<T>, Pg/m, Zn.<T> = 00000100 <size> 010 111 101 Pg:3 Zn:5 Zd:5
        @hsd sxtb Zd.<T>, Pg/m, Zn.<T> = 00000100 <size> 010 000 101 Pg:3 Zn:5 Zd:5
        @bhsd cmpeq Pd.<T>, Pg/z, Zn.<T>, Zm.<T> = 00100100 <size> 0 Zm:5 101 Pg:3 Zn:5 0 Pd:4
        @bhsd cmpne Pd.<T>, Pg/z, Zn.<T>, Zm.<T> = 00100100 <size> 0 Zm:5 101 Pg:3 Zn:5 1 Pd:4
        @bhsd cmpge Pd.<T>, Pg/z, Zn.<T>, Zm.<T> = 00100100 <size> 0 Zm:5 100 Pg:3 Zn:5 0 Pd:4
        @bhsd cmpgt Pd.<T>, Pg/z, Zn.<T>, Zm.<T> = 00100100 <size> 0 Zm:5 100 Pg:3 Zn:5 1 Pd:4
        @bhsd cmpeq Pd.<T>, Pg/z, Zn.<T>, #imm5 = 00100101 <size> 0 imm5:s5 100 Pg:3 Zn:5 0 Pd:4
        @bhsd cmpne Pd.<T>, Pg/z, Zn.<T>, #imm5 = 00100101 <size> 0 imm5:s5 100 Pg:3 Zn:5 1 Pd:4
        @bhsd cmpge Pd.<T>, Pg/z, Zn.<T>, #imm5 = 00100101 <size> 0 imm5:s5 000 Pg:3 Zn:5 0 Pd:4
        @bhsd cmpgt Pd.<T>, Pg/z, Zn.<T>, #imm5 = 00100101 <size> 0 imm5:s5 000 Pg:3 Zn:5 1 Pd:4
        @bhsd uaddv Dd, Pg, Zn.<T> = 00000100 <size> 000 001 001 Pg:3 Zn:5 Vd:5
        @scalar smaxv <F>d, Pg, Zn.<T> = 00000100 <size> 001 000 001 Pg:3 Zn:5 Vd:5
        @scalar sminv <F>d, Pg, Zn.<T> = 00000100 <size> 001 010 001 Pg:3 Zn:5 Vd:5
        @scalar lastb <F>d, Pg, Zn.<T> = 00000101 <size> 10001 1 100 Pg:3 Zn:5 Vd:5

        // Bits.
        set sh T E hi lo s = b 8 00 01_i:3 i / h 16 00 1_i:4 i / s 32 01 i:5 i / d 64 1_a:1 i:5 a:i
        set imm E T = 8 b / 16 h / 32 s / 64 d
        and Zd.d, Zn.d, Zm.d = 00000100 00 1 Zm:5 001100 Zn:5 Zd:5
        orr Zd.d, Zn.d, Zm.d = 00000100 01 1 Zm:5 001100 Zn:5 Zd:5
        eor Zd.d, Zn.d, Zm.d = 00000100 10 1 Zm:5 001100 Zn:5 Zd:5
        bic Zd.d, Zn.d, Zm.d = 00000100 11 1 Zm:5 001100 Zn:5 Zd:5
        @bhsd orr Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 011 000 000 Pg:3 Zm:5 Zdn:5
        @bhsd eor Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 011 001 000 Pg:3 Zm:5 Zdn:5
        @bhsd and Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 011 010 000 Pg:3 Zm:5 Zdn:5
        @imm orr Zdn.<T>, Zdn.<T>, #bits<E>(imm13) = 00000101 00 0000 imm13:13 Zdn:5
        @imm eor Zdn.<T>, Zdn.<T>, #bits<E>(imm13) = 00000101 01 0000 imm13:13 Zdn:5
        @imm and Zdn.<T>, Zdn.<T>, #bits<E>(imm13) = 00000101 10 0000 imm13:13 Zdn:5
        @sh asr Zd.<T>, Zn.<T>, #<E>-<s> = 00000100 <hi> 1 <lo> 1001 00 Zn:5 Zd:5
        @sh lsr Zd.<T>, Zn.<T>, #<E>-<s> = 00000100 <hi> 1 <lo> 1001 01 Zn:5 Zd:5
        @sh lsl Zd.<T>, Zn.<T>, #<s> = 00000100 <hi> 1 <lo> 1001 11 Zn:5 Zd:5
        @sh asr Zdn.<T>, Pg/m, Zdn.<T>, #<E>-<s> = 00000100 <hi> 000 000 100 Pg:3 <lo> Zdn:5
        @sh lsr Zdn.<T>, Pg/m, Zdn.<T>, #<E>-<s> = 00000100 <hi> 000 001 100 Pg:3 <lo> Zdn:5
        @sh lsl Zdn.<T>, Pg/m, Zdn.<T>, #<s> = 00000100 <hi> 000 011 100 Pg:3 <lo> Zdn:5
        @bhsd lsl Zdn.<T>, Pg/m, Zdn.<T>, Zm.<T> = 00000100 <size> 010 011 100 Pg:3 Zm:5 Zdn:5

        // Permutations.
        set narrow Ta Tb tsz = b h 0_1_01 / h s 0_1_10 / s d 1_1_00
        set wide Ta Tb size = h b 01 / s h 10 / d s 11
        @bhsd zip1 Zd.<T>, Zn.<T>, Zm.<T> = 00000101 <size> 1 Zm:5 011 000 Zn:5 Zd:5
        @bhsd zip2 Zd.<T>, Zn.<T>, Zm.<T> = 00000101 <size> 1 Zm:5 011 001 Zn:5 Zd:5
        @bhsd uzp1 Zd.<T>, Zn.<T>, Zm.<T> = 00000101 <size> 1 Zm:5 011 010 Zn:5 Zd:5
        @bhsd uzp2 Zd.<T>, Zn.<T>, Zm.<T> = 00000101 <size> 1 Zm:5 011 011 Zn:5 Zd:5
        @bhsd trn1 Zd.<T>, Zn.<T>, Zm.<T> = 00000101 <size> 1 Zm:5 011 100 Zn:5 Zd:5
        @bhsd trn2 Zd.<T>, Zn.<T>, Zm.<T> = 00000101 <size> 1 Zm:5 011 101 Zn:5 Zd:5
        @bhsd tbl Zd.<T>, {Zn.<T>}, Zm.<T> = 00000101 <size> 1 Zm:5 001100 Zn:5 Zd:5
        @bhsd rev Zd.<T>, Zn.<T> = 00000101 <size> 1 11000 001110 Zn:5 Zd:5
        ext Zdn.b, Zdn.b, Zm.b, #imm8h:imm8l = 00000101 00 1 imm8h:5 000 imm8l:3 Zm:5 Zdn:5
        @wide sunpklo Zd.<Ta>, Zn.<Tb> = 00000101 <size> 1100 00 001110 Zn:5 Zd:5
        @wide sunpkhi Zd.<Ta>, Zn.<Tb> = 00000101 <size> 1100 01 001110 Zn:5 Zd:5
        @wide uunpklo Zd.<Ta>, Zn.<Tb> = 00000101 <size> 1100 10 001110 Zn:5 Zd:5
        @wide uunpkhi Zd.<Ta>, Zn.<Tb> = 00000101 <size> 1100 11 001110 Zn:5 Zd:5
        @sve2 @narrow sqxtnb Zd.<Ta>, Zn.<Tb> = 01000101 0 <tsz> 000 010 000 Zn:5 Zd:5
        @sve2 @narrow sqxtnt Zd.<Ta>, Zn.<Tb> = 01000101 0 <tsz> 000 010 001 Zn:5 Zd:5
        @sve2 @narrow sqxtunb Zd.<Ta>, Zn.<Tb> = 01000101 0 <tsz> 000 010 100 Zn:5 Zd:5

        // Dot products and matrix products.
        set dot Ta Tb size = s b 10 / d h 11
        @dot sdot Zda.<Ta>, Zn.<Tb>, Zm.<Tb> = 01000100 <size> 0 Zm:5 00000 0 Zn:5 Zda:5
        @dot udot Zda.<Ta>, Zn.<Tb>, Zm.<Tb> = 01000100 <size> 0 Zm:5 00000 1 Zn:5 Zda:5
        @i8mm usdot Zda.s, Zn.b, Zm.b = 01000100 10 0 Zm:5 011110 Zn:5 Zda:5
        sdot Zda.s, Zn.b, Zm.b[i] = 01000100 10 1 i:2 Zm:3 00000 0 Zn:5 Zda:5
        sdot Zda.d, Zn.h, Zm.h[i] = 01000100 11 1 i:1 Zm:4 00000 0 Zn:5 Zda:5
        udot Zda.s, Zn.b, Zm.b[i] = 01000100 10 1 i:2 Zm:3 00000 1 Zn:5 Zda:5
        udot Zda.d, Zn.h, Zm.h[i] = 01000100 11 1 i:1 Zm:4 00000 1 Zn:5 Zda:5
        @i8mm usdot Zda.s, Zn.b, Zm.b[i] = 01000100 10 1 i:2 Zm:3 00011 0 Zn:5 Zda:5
        @i8mm sudot Zda.s, Zn.b, Zm.b[i] = 01000100 10 1 i:2 Zm:3 00011 1 Zn:5 Zda:5
        @i8mm @alone smmla Zda.s, Zn.b, Zm.b = 01000101 00 0 Zm:5 100110 Zn:5 Zda:5
        @i8mm @alone usmmla Zda.s, Zn.b, Zm.b = 01000101 10 0 Zm:5 100110 Zn:5 Zda:5
        @i8mm @alone ummla Zda.s, Zn.b, Zm.b = 01000101 11 0 Zm:5 100110 Zn:5 Zda:5
        @bf16 bfdot Zda.s, Zn.h, Zm.h = 01100100 01 1 Zm:5 100000 Zn:5 Zda:5
        @bf16 bfdot Zda.s, Zn.h, Zm.h[i] = 01100100 01 1 i:2 Zm:3 010000 Zn:5 Zda:5
        @bf16 @alone bfmmla Zda.s, Zn.h, Zm.h = 01100100 01 1 Zm:5 111001 Zn:5 Zda:5
        @bf16 bfmlalb Zda.s, Zn.h, Zm.h = 01100100 11 1 Zm:5 100000 Zn:5 Zda:5
        @bf16 bfmlalt Zda.s, Zn.h, Zm.h = 01100100 11 1 Zm:5 100001 Zn:5 Zda:5
        @sve2 fmlalb Zda.s, Zn.h, Zm.h = 01100100 10 1 Zm:5 100000 Zn:5 Zda:5
        @sve2 fmlalt Zda.s, Zn.h, Zm.h = 01100100 10 1 Zm:5 100001 Zn:5 Zda:5
        """;

    private SveForms() {}
}
