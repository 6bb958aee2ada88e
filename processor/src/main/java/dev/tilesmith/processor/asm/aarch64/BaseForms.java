package dev.tilesmith.processor.asm.aarch64;

/** General registers, memory, branches and system: Arm ARM C6.2. */
final class BaseForms {
    static final String TABLE = """
        set wx R sf N imm6 half n = W 0 0 0_amount:5 0_hw:1 32 / X 1 1 amount:6 hw:2 64
        set shift K shift = lsl 00 / lsr 01 / asr 10
        set ror K shift = lsl 00 / lsr 01 / asr 10 / ror 11
        set cond c code = eq 0000 / ne 0001 / hs 0010 / lo 0011 / mi 0100 / pl 0101 / vs 0110 / vc 0111 / hi 1000 / ls 1001 / ge 1010 / lt 1011 / gt 1100 / le 1101

        // Constants.
        @wx movz <R>d, #imm16 = <sf> 10 100101 00 imm16:16 Rd:5
        @wx movz <R>d, #imm16, lsl #16*hw = <sf> 10 100101 <half> imm16:16 Rd:5
        @wx movk <R>d, #imm16 = <sf> 11 100101 00 imm16:16 Rd:5
        @wx movk <R>d, #imm16, lsl #16*hw = <sf> 11 100101 <half> imm16:16 Rd:5
        @wx movn <R>d, #imm16 = <sf> 00 100101 00 imm16:16 Rd:5
        @wx movn <R>d, #imm16, lsl #16*hw = <sf> 00 100101 <half> imm16:16 Rd:5
        @wx mov <R>d, #imm16 = <sf> 10 100101 00 imm16:16 Rd:5
        @wx mov <R>d, <R>m = <sf> 01 01010 00 0 Rm:5 000000 11111 Rd:5
        @wx mov <R>d|SP, <R>n|SP = <sf> 0 0 100010 0 000000000000 Rn:5 Rd:5

        // Sums.
        @wx add <R>d|SP, <R>n|SP, #imm12 = <sf> 0 0 100010 0 imm12:12 Rn:5 Rd:5
        @wx add <R>d|SP, <R>n|SP, #imm12, lsl #12 = <sf> 0 0 100010 1 imm12:12 Rn:5 Rd:5
        @wx add <R>d, <R>n, <R>m = <sf> 0 0 01011 00 0 Rm:5 000000 Rn:5 Rd:5
        @wx @shift add <R>d, <R>n, <R>m, <K> #amount = <sf> 0 0 01011 <shift> 0 Rm:5 <imm6> Rn:5 Rd:5
        add Xd|SP, Xn|SP, Xm = 1 0 0 01011 00 1 Rm:5 011 000 Rn:5 Rd:5
        add Xd|SP, Xn|SP, Xm, lsl #imm3{0..4} = 1 0 0 01011 00 1 Rm:5 011 imm3:3 Rn:5 Rd:5
        add Xd|SP, Xn|SP, Wm, uxtw #imm3{0..4} = 1 0 0 01011 00 1 Rm:5 010 imm3:3 Rn:5 Rd:5
        add Xd|SP, Xn|SP, Wm, sxtw #imm3{0..4} = 1 0 0 01011 00 1 Rm:5 110 imm3:3 Rn:5 Rd:5
        @wx sub <R>d|SP, <R>n|SP, #imm12 = <sf> 1 0 100010 0 imm12:12 Rn:5 Rd:5
        @wx sub <R>d|SP, <R>n|SP, #imm12, lsl #12 = <sf> 1 0 100010 1 imm12:12 Rn:5 Rd:5
        @wx sub <R>d, <R>n, <R>m = <sf> 1 0 01011 00 0 Rm:5 000000 Rn:5 Rd:5
        @wx @shift sub <R>d, <R>n, <R>m, <K> #amount = <sf> 1 0 01011 <shift> 0 Rm:5 <imm6> Rn:5 Rd:5
        sub Xd|SP, Xn|SP, Xm = 1 1 0 01011 00 1 Rm:5 011 000 Rn:5 Rd:5
        sub Xd|SP, Xn|SP, Xm, lsl #imm3{0..4} = 1 1 0 01011 00 1 Rm:5 011 imm3:3 Rn:5 Rd:5
        @wx adds <R>d, <R>n|SP, #imm12 = <sf> 0 1 100010 0 imm12:12 Rn:5 Rd:5
        @wx adds <R>d, <R>n, <R>m = <sf> 0 1 01011 00 0 Rm:5 000000 Rn:5 Rd:5
        @wx @shift adds <R>d, <R>n, <R>m, <K> #amount = <sf> 0 1 01011 <shift> 0 Rm:5 <imm6> Rn:5 Rd:5
        @wx subs <R>d, <R>n|SP, #imm12 = <sf> 1 1 100010 0 imm12:12 Rn:5 Rd:5
        @wx subs <R>d, <R>n|SP, #imm12, lsl #12 = <sf> 1 1 100010 1 imm12:12 Rn:5 Rd:5
        @wx subs <R>d, <R>n, <R>m = <sf> 1 1 01011 00 0 Rm:5 000000 Rn:5 Rd:5
        @wx @shift subs <R>d, <R>n, <R>m, <K> #amount = <sf> 1 1 01011 <shift> 0 Rm:5 <imm6> Rn:5 Rd:5
        @wx cmp <R>n|SP, #imm12 = <sf> 1 1 100010 0 imm12:12 Rn:5 11111
        @wx cmp <R>n|SP, #imm12, lsl #12 = <sf> 1 1 100010 1 imm12:12 Rn:5 11111
        @wx cmp <R>n, <R>m = <sf> 1 1 01011 00 0 Rm:5 000000 Rn:5 11111
        @wx @shift cmp <R>n, <R>m, <K> #amount = <sf> 1 1 01011 <shift> 0 Rm:5 <imm6> Rn:5 11111
        @wx neg <R>d, <R>m = <sf> 1 0 01011 00 0 Rm:5 000000 11111 Rd:5

        // Products and quotients.
        @wx madd <R>d, <R>n, <R>m, <R>a = <sf> 00 11011 000 Rm:5 0 Ra:5 Rn:5 Rd:5
        @wx msub <R>d, <R>n, <R>m, <R>a = <sf> 00 11011 000 Rm:5 1 Ra:5 Rn:5 Rd:5
        @wx mul <R>d, <R>n, <R>m = <sf> 00 11011 000 Rm:5 0 11111 Rn:5 Rd:5
        smaddl Xd, Wn, Wm, Xa = 1 00 11011 001 Rm:5 0 Ra:5 Rn:5 Rd:5
        umaddl Xd, Wn, Wm, Xa = 1 00 11011 101 Rm:5 0 Ra:5 Rn:5 Rd:5
        smull Xd, Wn, Wm = 1 00 11011 001 Rm:5 0 11111 Rn:5 Rd:5
        umull Xd, Wn, Wm = 1 00 11011 101 Rm:5 0 11111 Rn:5 Rd:5
        umulh Xd, Xn, Xm = 1 00 11011 110 Rm:5 0 11111 Rn:5 Rd:5
        @wx udiv <R>d, <R>n, <R>m = <sf> 0 0 11010110 Rm:5 00001 0 Rn:5 Rd:5
        @wx sdiv <R>d, <R>n, <R>m = <sf> 0 0 11010110 Rm:5 00001 1 Rn:5 Rd:5

        // Choice.
        @wx csel <R>d, <R>n, <R>m, condition(cond) = <sf> 0 0 11010100 Rm:5 cond:4 00 Rn:5 Rd:5
        @wx csinc <R>d, <R>n, <R>m, condition(cond) = <sf> 0 0 11010100 Rm:5 cond:4 01 Rn:5 Rd:5
        @wx csinv <R>d, <R>n, <R>m, condition(cond) = <sf> 1 0 11010100 Rm:5 cond:4 00 Rn:5 Rd:5
        @wx csneg <R>d, <R>n, <R>m, condition(cond) = <sf> 1 0 11010100 Rm:5 cond:4 01 Rn:5 Rd:5
        @wx cset <R>d, contrary(cond) = <sf> 0 0 11010100 11111 cond:4 01 11111 Rd:5

        // Bits.
        @wx lsl <R>d, <R>n, #left<n>(immr,imms) = <sf> 10 100110 <N> immr:6 imms:6 Rn:5 Rd:5
        lsr Xd, Xn, #immr = 1 10 100110 1 immr:6 111111 Rn:5 Rd:5
        lsr Wd, Wn, #immr = 0 10 100110 0 0 immr:5 011111 Rn:5 Rd:5
        asr Xd, Xn, #immr = 1 00 100110 1 immr:6 111111 Rn:5 Rd:5
        asr Wd, Wn, #immr = 0 00 100110 0 0 immr:5 011111 Rn:5 Rd:5
        @wx lsl <R>d, <R>n, <R>m = <sf> 0 0 11010110 Rm:5 0010 00 Rn:5 Rd:5
        @wx lsr <R>d, <R>n, <R>m = <sf> 0 0 11010110 Rm:5 0010 01 Rn:5 Rd:5
        @wx asr <R>d, <R>n, <R>m = <sf> 0 0 11010110 Rm:5 0010 10 Rn:5 Rd:5
        sxtw Xd, Wn = 1 00 100110 1 000000 011111 Rn:5 Rd:5
        @wx sxtb <R>d, Wn = <sf> 00 100110 <N> 000000 000111 Rn:5 Rd:5
        @wx sxth <R>d, Wn = <sf> 00 100110 <N> 000000 001111 Rn:5 Rd:5
        uxtb Wd, Wn = 0 10 100110 0 000000 000111 Rn:5 Rd:5
        uxth Wd, Wn = 0 10 100110 0 000000 001111 Rn:5 Rd:5
        and Xd|SP, Xn, #bits64(N:immr:imms) = 1 00 100100 N:1 immr:6 imms:6 Rn:5 Rd:5
        and Wd|SP, Wn, #bits32(immr:imms) = 0 00 100100 0 immr:6 imms:6 Rn:5 Rd:5
        orr Xd|SP, Xn, #bits64(N:immr:imms) = 1 01 100100 N:1 immr:6 imms:6 Rn:5 Rd:5
        orr Wd|SP, Wn, #bits32(immr:imms) = 0 01 100100 0 immr:6 imms:6 Rn:5 Rd:5
        eor Xd|SP, Xn, #bits64(N:immr:imms) = 1 10 100100 N:1 immr:6 imms:6 Rn:5 Rd:5
        eor Wd|SP, Wn, #bits32(immr:imms) = 0 10 100100 0 immr:6 imms:6 Rn:5 Rd:5
        ands Xd, Xn, #bits64(N:immr:imms) = 1 11 100100 N:1 immr:6 imms:6 Rn:5 Rd:5
        ands Wd, Wn, #bits32(immr:imms) = 0 11 100100 0 immr:6 imms:6 Rn:5 Rd:5
        tst Xn, #bits64(N:immr:imms) = 1 11 100100 N:1 immr:6 imms:6 Rn:5 11111
        tst Wn, #bits32(immr:imms) = 0 11 100100 0 immr:6 imms:6 Rn:5 11111
        @wx and <R>d, <R>n, <R>m = <sf> 00 01010 00 0 Rm:5 000000 Rn:5 Rd:5
        @wx @ror and <R>d, <R>n, <R>m, <K> #amount = <sf> 00 01010 <shift> 0 Rm:5 <imm6> Rn:5 Rd:5
        @wx bic <R>d, <R>n, <R>m = <sf> 00 01010 00 1 Rm:5 000000 Rn:5 Rd:5
        @wx orr <R>d, <R>n, <R>m = <sf> 01 01010 00 0 Rm:5 000000 Rn:5 Rd:5
        @wx @ror orr <R>d, <R>n, <R>m, <K> #amount = <sf> 01 01010 <shift> 0 Rm:5 <imm6> Rn:5 Rd:5
        @wx orn <R>d, <R>n, <R>m = <sf> 01 01010 00 1 Rm:5 000000 Rn:5 Rd:5
        @wx mvn <R>d, <R>m = <sf> 01 01010 00 1 Rm:5 000000 11111 Rd:5
        @wx eor <R>d, <R>n, <R>m = <sf> 10 01010 00 0 Rm:5 000000 Rn:5 Rd:5
        @wx @ror eor <R>d, <R>n, <R>m, <K> #amount = <sf> 10 01010 <shift> 0 Rm:5 <imm6> Rn:5 Rd:5
        @wx ands <R>d, <R>n, <R>m = <sf> 11 01010 00 0 Rm:5 000000 Rn:5 Rd:5
        @wx tst <R>n, <R>m = <sf> 11 01010 00 0 Rm:5 000000 Rn:5 11111

        // Memory; V says that the register is one of Advanced SIMD.
        set mem R size V st ld bytes needs = W 10 0 00 01 4 '' / X 11 0 00 01 8 '' / B 00 1 00 01 1 neon / H 01 1 00 01 2 neon / S 10 1 00 01 4 neon / D 11 1 00 01 8 neon / Q 00 1 10 11 16 neon
        set index R size V st ld k needs = W 10 0 00 01 2 '' / X 11 0 00 01 3 '' / H 01 1 00 01 1 neon / S 10 1 00 01 2 neon / D 11 1 00 01 3 neon / Q 00 1 10 11 4 neon
        set small m R size opc bytes = ldrb W 00 01 1 / ldrh W 01 01 2 / strb W 00 00 1 / strh W 01 00 2 / ldrsb W 00 11 1 / ldrsb X 00 10 1 / ldrsh W 01 11 2 / ldrsh X 01 10 2 / ldrsw X 10 10 4
        set smallIndex m R size opc k = ldrh W 01 01 1 / strh W 01 00 1 / ldrsh W 01 11 1 / ldrsh X 01 10 1 / ldrsw X 10 10 2
        set unscaled m R size opc = ldurb W 00 01 / ldurh W 01 01 / sturb W 00 00 / sturh W 01 00 / ldursb W 00 11 / ldursb X 00 10 / ldursh W 01 11 / ldursh X 01 10 / ldursw X 10 10
        set pair R opc V bytes needs = W 00 0 4 '' / X 10 0 8 '' / S 00 1 4 neon / D 01 1 8 neon / Q 10 1 16 neon
        set literal R opc V needs = W 00 0 '' / X 01 0 '' / S 00 1 neon / D 01 1 neon / Q 10 1 neon
        @mem ldr <R>t, [Xn|SP, #<bytes>*imm12] = <size> 111 <V> 01 <ld> imm12:12 Rn:5 Rt:5
        @mem ldr <R>t, [Xn|SP, #imm9]! = <size> 111 <V> 00 <ld> 0 imm9:s9 11 Rn:5 Rt:5
        @mem ldr <R>t, [Xn|SP],#imm9 = <size> 111 <V> 00 <ld> 0 imm9:s9 01 Rn:5 Rt:5
        @mem ldr <R>t, [Xn|SP, Xm] = <size> 111 <V> 00 <ld> 1 Rm:5 011 0 10 Rn:5 Rt:5
        @index ldr <R>t, [Xn|SP, Xm, lsl #<k>] = <size> 111 <V> 00 <ld> 1 Rm:5 011 1 10 Rn:5 Rt:5
        @index ldr <R>t, [Xn|SP, Wm, uxtw #<k>] = <size> 111 <V> 00 <ld> 1 Rm:5 010 1 10 Rn:5 Rt:5
        @index ldr <R>t, [Xn|SP, Wm, sxtw #<k>] = <size> 111 <V> 00 <ld> 1 Rm:5 110 1 10 Rn:5 Rt:5
        @mem ldur <R>t, [Xn|SP, #imm9] = <size> 111 <V> 00 <ld> 0 imm9:s9 00 Rn:5 Rt:5
        @mem str <R>t, [Xn|SP, #<bytes>*imm12] = <size> 111 <V> 01 <st> imm12:12 Rn:5 Rt:5
        @mem str <R>t, [Xn|SP, #imm9]! = <size> 111 <V> 00 <st> 0 imm9:s9 11 Rn:5 Rt:5
        @mem str <R>t, [Xn|SP],#imm9 = <size> 111 <V> 00 <st> 0 imm9:s9 01 Rn:5 Rt:5
        @mem str <R>t, [Xn|SP, Xm] = <size> 111 <V> 00 <st> 1 Rm:5 011 0 10 Rn:5 Rt:5
        @index str <R>t, [Xn|SP, Xm, lsl #<k>] = <size> 111 <V> 00 <st> 1 Rm:5 011 1 10 Rn:5 Rt:5
        @index str <R>t, [Xn|SP, Wm, uxtw #<k>] = <size> 111 <V> 00 <st> 1 Rm:5 010 1 10 Rn:5 Rt:5
        @index str <R>t, [Xn|SP, Wm, sxtw #<k>] = <size> 111 <V> 00 <st> 1 Rm:5 110 1 10 Rn:5 Rt:5
        @mem stur <R>t, [Xn|SP, #imm9] = <size> 111 <V> 00 <st> 0 imm9:s9 00 Rn:5 Rt:5
        @small <m> <R>t, [Xn|SP, #<bytes>*imm12] = <size> 111 0 01 <opc> imm12:12 Rn:5 Rt:5
        @small <m> <R>t, [Xn|SP, #imm9]! = <size> 111 0 00 <opc> 0 imm9:s9 11 Rn:5 Rt:5
        @small <m> <R>t, [Xn|SP],#imm9 = <size> 111 0 00 <opc> 0 imm9:s9 01 Rn:5 Rt:5
        @small <m> <R>t, [Xn|SP, Xm] = <size> 111 0 00 <opc> 1 Rm:5 011 0 10 Rn:5 Rt:5
        @smallIndex <m> <R>t, [Xn|SP, Xm, lsl #<k>] = <size> 111 0 00 <opc> 1 Rm:5 011 1 10 Rn:5 Rt:5
        @unscaled <m> <R>t, [Xn|SP, #imm9] = <size> 111 0 00 <opc> 0 imm9:s9 00 Rn:5 Rt:5
        @pair ldp <R>t, <R>t2, [Xn|SP, #<bytes>*imm7] = <opc> 101 <V> 010 1 imm7:s7 Rt2:5 Rn:5 Rt:5
        @pair ldp <R>t, <R>t2, [Xn|SP, #<bytes>*imm7]! = <opc> 101 <V> 011 1 imm7:s7 Rt2:5 Rn:5 Rt:5
        @pair ldp <R>t, <R>t2, [Xn|SP],#<bytes>*imm7 = <opc> 101 <V> 001 1 imm7:s7 Rt2:5 Rn:5 Rt:5
        @pair ldnp <R>t, <R>t2, [Xn|SP, #<bytes>*imm7] = <opc> 101 <V> 000 1 imm7:s7 Rt2:5 Rn:5 Rt:5
        @pair stp <R>t, <R>t2, [Xn|SP, #<bytes>*imm7] = <opc> 101 <V> 010 0 imm7:s7 Rt2:5 Rn:5 Rt:5
        @pair stp <R>t, <R>t2, [Xn|SP, #<bytes>*imm7]! = <opc> 101 <V> 011 0 imm7:s7 Rt2:5 Rn:5 Rt:5
        @pair stp <R>t, <R>t2, [Xn|SP],#<bytes>*imm7 = <opc> 101 <V> 001 0 imm7:s7 Rt2:5 Rn:5 Rt:5
        @pair stnp <R>t, <R>t2, [Xn|SP, #<bytes>*imm7] = <opc> 101 <V> 000 0 imm7:s7 Rt2:5 Rn:5 Rt:5
        @literal ldr <R>t, label(4*imm19) = <opc> 011 <V> 00 imm19:s19 Rt:5
        prfm prefetch(Rt), [Xn|SP, #8*imm12] = 11 111 0 01 10 imm12:12 Rn:5 Rt:5
        prfm prefetch(Rt), [Xn|SP, Xm] = 11 111 0 00 10 1 Rm:5 011 0 10 Rn:5 Rt:5
        prfm prefetch(Rt), [Xn|SP, Xm, lsl #3] = 11 111 0 00 10 1 Rm:5 011 1 10 Rn:5 Rt:5
        prfum prefetch(Rt), [Xn|SP, #imm9] = 11 111 0 00 10 0 imm9:s9 00 Rn:5 Rt:5
        adr Xd, label(immhi:immlo) = 0 immlo:2 10000 immhi:s19 Rd:5

        // Branches.
        b label(4*imm26) = 0 00101 imm26:s26
        bl label(4*imm26) = 1 00101 imm26:s26
        @cond b.<c> label(4*imm19) = 0101010 0 imm19:s19 0 <code>
        @wx cbz <R>t, label(4*imm19) = <sf> 011010 0 imm19:s19 Rt:5
        @wx cbnz <R>t, label(4*imm19) = <sf> 011010 1 imm19:s19 Rt:5
        tbz Xt, #b5:b40, label(4*imm14) = b5:1 011011 0 b40:5 imm14:s14 Rt:5
        tbz Wt, #b40, label(4*imm14) = 0 011011 0 b40:5 imm14:s14 Rt:5
        tbnz Xt, #b5:b40, label(4*imm14) = b5:1 011011 1 b40:5 imm14:s14 Rt:5
        tbnz Wt, #b40, label(4*imm14) = 0 011011 1 b40:5 imm14:s14 Rt:5
        br Xn = 1101011 0 0 00 11111 0000 0 0 Rn:5 00000
        blr Xn = 1101011 0 0 01 11111 0000 0 0 Rn:5 00000
        ret = 1101011 0 0 10 11111 0000 0 0 11110 00000
        ret Xn = 1101011 0 0 10 11111 0000 0 0 Rn:5 00000

        // System.
        nop = 1101010100 0 00 011 0010 0000 000 11111
        bti c = 1101010100 0 00 011 0010 0100 010 11111
        brk #imm16 = 11010100 001 imm16:16 000 00
        udf #imm16 = 0000000000000000 imm16:16
        mrs Xt, readable(o0:op1:CRn:CRm:op2) = 1101010100 1 1 o0:1 op1:3 CRn:4 CRm:4 op2:3 Rt:5
        msr writable(o0:op1:CRn:CRm:op2), Xt = 1101010100 0 1 o0:1 op1:3 CRn:4 CRm:4 op2:3 Rt:5
        dc cvau, Xt = 1101010100 0 01 011 0111 1011 001 Rt:5
        ic ivau, Xt = 1101010100 0 01 011 0111 0101 001 Rt:5
        dsb ish = 1101010100 0 00 011 0011 1011 1 00 11111
        dmb ish = 1101010100 0 00 011 0011 1011 1 01 11111
        isb = 1101010100 0 00 011 0011 1111 1 10 11111
        """;

    private BaseForms() {}
}
