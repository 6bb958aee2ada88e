package dev.tilesmith.processor.asm.aarch64;

/** Advanced SIMD and scalar floating point: Arm ARM C7.2. */
final class NeonForms {
    static final String TABLE = """
        set b T Q = 8b 0 / 16b 1
        set bhs T Q size = 8b 0 00 / 16b 1 00 / 4h 0 01 / 8h 1 01 / 2s 0 10 / 4s 1 10
        set bhsd T Q size = 8b 0 00 / 16b 1 00 / 4h 0 01 / 8h 1 01 / 2s 0 10 / 4s 1 10 / 2d 1 11
        set hs T Q size = 4h 0 01 / 8h 1 01 / 2s 0 10 / 4s 1 10
        set fp T Q f g u needs = 4h 0 10 00 111100 fp16 / 8h 1 10 00 111100 fp16 / 2s 0 01 11 010000 '' / 4s 1 01 11 010000 '' / 2d 1 11 11 110000 ''
        set long m Ta Tb Q size = '' 8h 8b 0 00 / '' 4s 4h 0 01 / '' 2d 2s 0 10 / 2 8h 16b 1 00 / 2 4s 8h 1 01 / 2 2d 4s 1 10
        set pairs Ta Tb Q size = 4h 8b 0 00 / 8h 16b 1 00 / 2s 4h 0 01 / 4s 8h 1 01 / 1d 2s 0 10 / 2d 4s 1 10
        set dot Ta Tb Q = 2s 8b 0 / 4s 16b 1

        // What not every CPU has.
        set dotprod needs = dotprod
        set i8mm needs = i8mm
        set bf16 needs = bf16
        set fhm needs = fhm

        // Whole numbers, three registers.
        @bhsd add Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 10000 1 Rn:5 Rd:5
        @bhsd sub Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 <size> 1 Rm:5 10000 1 Rn:5 Rd:5
        @bhs mul Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 10011 1 Rn:5 Rd:5
        @bhs mla Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 10010 1 Rn:5 Rd:5
        @bhs mls Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 <size> 1 Rm:5 10010 1 Rn:5 Rd:5
        @bhsd addp Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 10111 1 Rn:5 Rd:5
        @bhsd sqadd Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 00001 1 Rn:5 Rd:5
        @bhsd uqadd Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 <size> 1 Rm:5 00001 1 Rn:5 Rd:5
        @bhsd sqsub Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 00101 1 Rn:5 Rd:5
        @bhs smax Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 01100 1 Rn:5 Rd:5
        @bhs smin Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 01101 1 Rn:5 Rd:5
        @bhs umax Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 <size> 1 Rm:5 01100 1 Rn:5 Rd:5
        @bhs umin Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 <size> 1 Rm:5 01101 1 Rn:5 Rd:5
        @bhsd cmeq Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 <size> 1 Rm:5 10001 1 Rn:5 Rd:5
        @bhsd cmgt Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 00110 1 Rn:5 Rd:5
        @bhsd cmge Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 00111 1 Rn:5 Rd:5
        @bhsd cmhi Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 <size> 1 Rm:5 00110 1 Rn:5 Rd:5
        @bhsd cmhs Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 <size> 1 Rm:5 00111 1 Rn:5 Rd:5
        @bhsd sshl Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 01000 1 Rn:5 Rd:5
        @bhsd ushl Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 <size> 1 Rm:5 01000 1 Rn:5 Rd:5
        @bhsd srshl Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 01010 1 Rn:5 Rd:5
        @hs sqdmulh Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 1 Rm:5 10110 1 Rn:5 Rd:5
        @hs sqrdmulh Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 <size> 1 Rm:5 10110 1 Rn:5 Rd:5
        @b and Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 00 1 Rm:5 00011 1 Rn:5 Rd:5
        @b bic Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 01 1 Rm:5 00011 1 Rn:5 Rd:5
        @b orr Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 10 1 Rm:5 00011 1 Rn:5 Rd:5
        @b orn Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 11 1 Rm:5 00011 1 Rn:5 Rd:5
        @b eor Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 00 1 Rm:5 00011 1 Rn:5 Rd:5
        @b bsl Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 01 1 Rm:5 00011 1 Rn:5 Rd:5
        @b bit Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 10 1 Rm:5 00011 1 Rn:5 Rd:5
        @b bif Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 11 1 Rm:5 00011 1 Rn:5 Rd:5
        @b mov Vd.<T>, Vn.<T> = 0 <Q> 0 01110 10 1 Rn:5 00011 1 Rn:5 Rd:5
        @long smull<m> Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 0 01110 <size> 1 Rm:5 1100 00 Rn:5 Rd:5
        @long umull<m> Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 1 01110 <size> 1 Rm:5 1100 00 Rn:5 Rd:5
        @long smlal<m> Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 0 01110 <size> 1 Rm:5 1000 00 Rn:5 Rd:5
        @long umlal<m> Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 1 01110 <size> 1 Rm:5 1000 00 Rn:5 Rd:5
        @long smlsl<m> Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 0 01110 <size> 1 Rm:5 1010 00 Rn:5 Rd:5
        @long saddl<m> Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 0 01110 <size> 1 Rm:5 0000 00 Rn:5 Rd:5
        @long saddw<m> Vd.<Ta>, Vn.<Ta>, Vm.<Tb> = 0 <Q> 0 01110 <size> 1 Rm:5 0001 00 Rn:5 Rd:5

        // Dot products and matrix products.
        @dotprod @dot sdot Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 0 01110 10 0 Rm:5 1 0010 1 Rn:5 Rd:5
        @dotprod @dot udot Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 1 01110 10 0 Rm:5 1 0010 1 Rn:5 Rd:5
        @i8mm @dot usdot Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 0 01110 10 0 Rm:5 1 0011 1 Rn:5 Rd:5
        @dotprod @dot sdot Vd.<Ta>, Vn.<Tb>, Vm.4b[H:L] = 0 <Q> 0 01111 10 L:1 Rm:5 1110 H:1 0 Rn:5 Rd:5
        @dotprod @dot udot Vd.<Ta>, Vn.<Tb>, Vm.4b[H:L] = 0 <Q> 1 01111 10 L:1 Rm:5 1110 H:1 0 Rn:5 Rd:5
        @i8mm @dot usdot Vd.<Ta>, Vn.<Tb>, Vm.4b[H:L] = 0 <Q> 0 01111 10 L:1 Rm:5 1111 H:1 0 Rn:5 Rd:5
        @i8mm @dot sudot Vd.<Ta>, Vn.<Tb>, Vm.4b[H:L] = 0 <Q> 0 01111 00 L:1 Rm:5 1111 H:1 0 Rn:5 Rd:5
        @i8mm smmla Vd.4s, Vn.16b, Vm.16b = 0 1 0 01110 10 0 Rm:5 1 0100 1 Rn:5 Rd:5
        @i8mm ummla Vd.4s, Vn.16b, Vm.16b = 0 1 1 01110 10 0 Rm:5 1 0100 1 Rn:5 Rd:5
        @i8mm usmmla Vd.4s, Vn.16b, Vm.16b = 0 1 0 01110 10 0 Rm:5 1 0101 1 Rn:5 Rd:5
        set bf Ta Tb Q = 2s 4h 0 / 4s 8h 1
        @bf16 @bf bfdot Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 1 01110 01 0 Rm:5 1 1111 1 Rn:5 Rd:5
        @bf16 @bf bfdot Vd.<Ta>, Vn.<Tb>, Vm.2h[H:L] = 0 <Q> 0 01111 01 L:1 Rm:5 1111 H:1 0 Rn:5 Rd:5
        @bf16 bfmmla Vd.4s, Vn.8h, Vm.8h = 0 1 1 01110 01 0 Rm:5 1 1101 1 Rn:5 Rd:5
        @bf16 bfmlalb Vd.4s, Vn.8h, Vm.8h = 0 0 1 01110 11 0 Rm:5 1 1111 1 Rn:5 Rd:5
        @bf16 bfmlalt Vd.4s, Vn.8h, Vm.8h = 0 1 1 01110 11 0 Rm:5 1 1111 1 Rn:5 Rd:5
        @bf16 bfmlalb Vd.4s, Vn.8h, Vm.h[H:L:M] = 0 0 0 01111 11 L:1 M:1 Rm:4 1111 H:1 0 Rn:5 Rd:5
        @bf16 bfmlalt Vd.4s, Vn.8h, Vm.h[H:L:M] = 0 1 0 01111 11 L:1 M:1 Rm:4 1111 H:1 0 Rn:5 Rd:5
        set fml Ta Tb Q = 2s 2h 0 / 4s 4h 1
        @fhm @fml fmlal Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 0 01110 0 01 Rm:5 11101 1 Rn:5 Rd:5
        @fhm @fml fmlal2 Vd.<Ta>, Vn.<Tb>, Vm.<Tb> = 0 <Q> 1 01110 0 01 Rm:5 11001 1 Rn:5 Rd:5
        @fhm @fml fmlal Vd.<Ta>, Vn.<Tb>, Vm.h[H:L:M] = 0 <Q> 0 01111 10 L:1 M:1 Rm:4 0000 H:1 0 Rn:5 Rd:5
        @fhm @fml fmlal2 Vd.<Ta>, Vn.<Tb>, Vm.h[H:L:M] = 0 <Q> 1 01111 10 L:1 M:1 Rm:4 1000 H:1 0 Rn:5 Rd:5

        // Floats, three registers.
        @fp fadd Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 0 <f> Rm:5 <g> 010 1 Rn:5 Rd:5
        @fp fsub Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 1 <f> Rm:5 <g> 010 1 Rn:5 Rd:5
        @fp fabd Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 1 <f> Rm:5 <g> 010 1 Rn:5 Rd:5
        @fp fmul Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 0 <f> Rm:5 <g> 011 1 Rn:5 Rd:5
        @fp fdiv Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 0 <f> Rm:5 <g> 111 1 Rn:5 Rd:5
        @fp fmla Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 0 <f> Rm:5 <g> 001 1 Rn:5 Rd:5
        @fp fmls Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 1 <f> Rm:5 <g> 001 1 Rn:5 Rd:5
        @fp fmax Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 0 <f> Rm:5 <g> 110 1 Rn:5 Rd:5
        @fp fmin Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 1 <f> Rm:5 <g> 110 1 Rn:5 Rd:5
        @fp fmaxnm Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 0 <f> Rm:5 <g> 000 1 Rn:5 Rd:5
        @fp fminnm Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 1 <f> Rm:5 <g> 000 1 Rn:5 Rd:5
        @fp fcmeq Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 0 <f> Rm:5 <g> 100 1 Rn:5 Rd:5
        @fp fcmge Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 0 <f> Rm:5 <g> 100 1 Rn:5 Rd:5
        @fp fcmgt Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 1 <f> Rm:5 <g> 100 1 Rn:5 Rd:5
        @fp faddp Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 0 <f> Rm:5 <g> 010 1 Rn:5 Rd:5
        @fp fmaxp Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 0 <f> Rm:5 <g> 110 1 Rn:5 Rd:5
        @fp fminp Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 1 01110 1 <f> Rm:5 <g> 110 1 Rn:5 Rd:5

        // By element.
        set fpe T Q size L R e index needs = 4h 0 00 L:1_M:1 Rm:4 h H:L:M fp16 / 8h 1 00 L:1_M:1 Rm:4 h H:L:M fp16 / 2s 0 10 L:1 Rm:5 s H:L '' / 4s 1 10 L:1 Rm:5 s H:L '' / 2d 1 11 0 Rm:5 d H ''
        @fpe fmla Vd.<T>, Vn.<T>, Vm.<e>[<index>] = 0 <Q> 0 01111 <size> <L> <R> 0001 H:1 0 Rn:5 Rd:5
        @fpe fmls Vd.<T>, Vn.<T>, Vm.<e>[<index>] = 0 <Q> 0 01111 <size> <L> <R> 0101 H:1 0 Rn:5 Rd:5
        @fpe fmul Vd.<T>, Vn.<T>, Vm.<e>[<index>] = 0 <Q> 0 01111 <size> <L> <R> 1001 H:1 0 Rn:5 Rd:5
        set inte T Q size L e index = 4h 0 01 L:1_M:1_Rm:4 h H:L:M / 8h 1 01 L:1_M:1_Rm:4 h H:L:M / 2s 0 10 L:1_Rm:5 s H:L / 4s 1 10 L:1_Rm:5 s H:L
        @inte mul Vd.<T>, Vn.<T>, Vm.<e>[<index>] = 0 <Q> 0 01111 <size> <L> 1000 H:1 0 Rn:5 Rd:5
        @inte mla Vd.<T>, Vn.<T>, Vm.<e>[<index>] = 0 <Q> 1 01111 <size> <L> 0000 H:1 0 Rn:5 Rd:5
        @inte mls Vd.<T>, Vn.<T>, Vm.<e>[<index>] = 0 <Q> 1 01111 <size> <L> 0100 H:1 0 Rn:5 Rd:5
        @inte sqdmulh Vd.<T>, Vn.<T>, Vm.<e>[<index>] = 0 <Q> 0 01111 <size> <L> 1100 H:1 0 Rn:5 Rd:5
        @inte sqrdmulh Vd.<T>, Vn.<T>, Vm.<e>[<index>] = 0 <Q> 0 01111 <size> <L> 1101 H:1 0 Rn:5 Rd:5
        set longe m Ta Tb Q size L e index = '' 4s 4h 0 01 L:1_M:1_Rm:4 h H:L:M / 2 4s 8h 1 01 L:1_M:1_Rm:4 h H:L:M / '' 2d 2s 0 10 L:1_Rm:5 s H:L / 2 2d 4s 1 10 L:1_Rm:5 s H:L
        @longe smull<m> Vd.<Ta>, Vn.<Tb>, Vm.<e>[<index>] = 0 <Q> 0 01111 <size> <L> 1010 H:1 0 Rn:5 Rd:5
        @longe umull<m> Vd.<Ta>, Vn.<Tb>, Vm.<e>[<index>] = 0 <Q> 1 01111 <size> <L> 1010 H:1 0 Rn:5 Rd:5
        @longe smlal<m> Vd.<Ta>, Vn.<Tb>, Vm.<e>[<index>] = 0 <Q> 0 01111 <size> <L> 0010 H:1 0 Rn:5 Rd:5
        @longe umlal<m> Vd.<Ta>, Vn.<Tb>, Vm.<e>[<index>] = 0 <Q> 1 01111 <size> <L> 0010 H:1 0 Rn:5 Rd:5

        // Floats, two registers.
        @fp fabs Vd.<T>, Vn.<T> = 0 <Q> 0 01110 1 <u> 01111 10 Rn:5 Rd:5
        @fp fneg Vd.<T>, Vn.<T> = 0 <Q> 1 01110 1 <u> 01111 10 Rn:5 Rd:5
        @fp fsqrt Vd.<T>, Vn.<T> = 0 <Q> 1 01110 1 <u> 11111 10 Rn:5 Rd:5
        @fp frintn Vd.<T>, Vn.<T> = 0 <Q> 0 01110 0 <u> 11000 10 Rn:5 Rd:5
        @fp frinta Vd.<T>, Vn.<T> = 0 <Q> 1 01110 0 <u> 11000 10 Rn:5 Rd:5
        @fp frintm Vd.<T>, Vn.<T> = 0 <Q> 0 01110 0 <u> 11001 10 Rn:5 Rd:5
        @fp frintp Vd.<T>, Vn.<T> = 0 <Q> 0 01110 1 <u> 11000 10 Rn:5 Rd:5
        @fp frintz Vd.<T>, Vn.<T> = 0 <Q> 0 01110 1 <u> 11001 10 Rn:5 Rd:5
        @fp fcvtns Vd.<T>, Vn.<T> = 0 <Q> 0 01110 0 <u> 11010 10 Rn:5 Rd:5
        @fp fcvtnu Vd.<T>, Vn.<T> = 0 <Q> 1 01110 0 <u> 11010 10 Rn:5 Rd:5
        @fp fcvtas Vd.<T>, Vn.<T> = 0 <Q> 0 01110 0 <u> 11100 10 Rn:5 Rd:5
        @fp fcvtau Vd.<T>, Vn.<T> = 0 <Q> 1 01110 0 <u> 11100 10 Rn:5 Rd:5
        @fp fcvtms Vd.<T>, Vn.<T> = 0 <Q> 0 01110 0 <u> 11011 10 Rn:5 Rd:5
        @fp fcvtzs Vd.<T>, Vn.<T> = 0 <Q> 0 01110 1 <u> 11011 10 Rn:5 Rd:5
        @fp fcvtzu Vd.<T>, Vn.<T> = 0 <Q> 1 01110 1 <u> 11011 10 Rn:5 Rd:5
        @fp scvtf Vd.<T>, Vn.<T> = 0 <Q> 0 01110 0 <u> 11101 10 Rn:5 Rd:5
        @fp ucvtf Vd.<T>, Vn.<T> = 0 <Q> 1 01110 0 <u> 11101 10 Rn:5 Rd:5
        @fp fcmeq Vd.<T>, Vn.<T>, #0.0 = 0 <Q> 0 01110 1 <u> 01101 10 Rn:5 Rd:5
        @fp fcmgt Vd.<T>, Vn.<T>, #0.0 = 0 <Q> 0 01110 1 <u> 01100 10 Rn:5 Rd:5
        @fp fcmge Vd.<T>, Vn.<T>, #0.0 = 0 <Q> 1 01110 1 <u> 01100 10 Rn:5 Rd:5
        @fp fcmlt Vd.<T>, Vn.<T>, #0.0 = 0 <Q> 0 01110 1 <u> 01110 10 Rn:5 Rd:5
        @fp fcmle Vd.<T>, Vn.<T>, #0.0 = 0 <Q> 1 01110 1 <u> 01101 10 Rn:5 Rd:5
        set cvt m Ta Tb Q sz = '' 4s 4h 0 0 / 2 4s 8h 1 0 / '' 2d 2s 0 1 / 2 2d 4s 1 1
        @cvt fcvtl<m> Vd.<Ta>, Vn.<Tb> = 0 <Q> 0 01110 0 <sz> 10000 10111 10 Rn:5 Rd:5
        @cvt fcvtn<m> Vd.<Tb>, Vn.<Ta> = 0 <Q> 0 01110 0 <sz> 10000 10110 10 Rn:5 Rd:5
        @bf16 bfcvtn Vd.4h, Vn.4s = 0 0 0 01110 10 10000 10110 10 Rn:5 Rd:5
        @bf16 bfcvtn2 Vd.8h, Vn.4s = 0 1 0 01110 10 10000 10110 10 Rn:5 Rd:5

        // Whole numbers, two registers.
        @bhsd abs Vd.<T>, Vn.<T> = 0 <Q> 0 01110 <size> 10000 01011 10 Rn:5 Rd:5
        @bhsd neg Vd.<T>, Vn.<T> = 0 <Q> 1 01110 <size> 10000 01011 10 Rn:5 Rd:5
        @b mvn Vd.<T>, Vn.<T> = 0 <Q> 1 01110 00 10000 00101 10 Rn:5 Rd:5
        @b cnt Vd.<T>, Vn.<T> = 0 <Q> 0 01110 00 10000 00101 10 Rn:5 Rd:5
        @bhs rev64 Vd.<T>, Vn.<T> = 0 <Q> 0 01110 <size> 10000 00000 10 Rn:5 Rd:5
        @bhsd cmeq Vd.<T>, Vn.<T>, #0 = 0 <Q> 0 01110 <size> 10000 01001 10 Rn:5 Rd:5
        @bhsd cmgt Vd.<T>, Vn.<T>, #0 = 0 <Q> 0 01110 <size> 10000 01000 10 Rn:5 Rd:5
        @bhsd cmge Vd.<T>, Vn.<T>, #0 = 0 <Q> 1 01110 <size> 10000 01000 10 Rn:5 Rd:5
        @bhsd cmlt Vd.<T>, Vn.<T>, #0 = 0 <Q> 0 01110 <size> 10000 01010 10 Rn:5 Rd:5
        @pairs saddlp Vd.<Ta>, Vn.<Tb> = 0 <Q> 0 01110 <size> 10000 00010 10 Rn:5 Rd:5
        @pairs uaddlp Vd.<Ta>, Vn.<Tb> = 0 <Q> 1 01110 <size> 10000 00010 10 Rn:5 Rd:5
        @pairs sadalp Vd.<Ta>, Vn.<Tb> = 0 <Q> 0 01110 <size> 10000 00110 10 Rn:5 Rd:5
        @pairs uadalp Vd.<Ta>, Vn.<Tb> = 0 <Q> 1 01110 <size> 10000 00110 10 Rn:5 Rd:5
        @long xtn<m> Vd.<Tb>, Vn.<Ta> = 0 <Q> 0 01110 <size> 10000 10010 10 Rn:5 Rd:5
        @long sqxtn<m> Vd.<Tb>, Vn.<Ta> = 0 <Q> 0 01110 <size> 10000 10100 10 Rn:5 Rd:5
        @long uqxtn<m> Vd.<Tb>, Vn.<Ta> = 0 <Q> 1 01110 <size> 10000 10100 10 Rn:5 Rd:5
        @long sqxtun<m> Vd.<Tb>, Vn.<Ta> = 0 <Q> 1 01110 <size> 10000 10010 10 Rn:5 Rd:5

        // Across a vector.
        set across R T Q size = B 8b 0 00 / B 16b 1 00 / H 4h 0 01 / H 8h 1 01 / S 4s 1 10
        set acrossLong R T Q size = H 8b 0 00 / H 16b 1 00 / S 4h 0 01 / S 8h 1 01 / D 4s 1 10
        @across addv <R>d, Vn.<T> = 0 <Q> 0 01110 <size> 11000 11011 10 Rn:5 Rd:5
        @across smaxv <R>d, Vn.<T> = 0 <Q> 0 01110 <size> 11000 01010 10 Rn:5 Rd:5
        @across sminv <R>d, Vn.<T> = 0 <Q> 0 01110 <size> 11000 11010 10 Rn:5 Rd:5
        @acrossLong saddlv <R>d, Vn.<T> = 0 <Q> 0 01110 <size> 11000 00011 10 Rn:5 Rd:5
        fmaxv Sd, Vn.4s = 0 1 1 01110 00 11000 01111 10 Rn:5 Rd:5
        fminv Sd, Vn.4s = 0 1 1 01110 10 11000 01111 10 Rn:5 Rd:5
        fmaxnmv Sd, Vn.4s = 0 1 1 01110 00 11000 01100 10 Rn:5 Rd:5
        fminnmv Sd, Vn.4s = 0 1 1 01110 10 11000 01100 10 Rn:5 Rd:5
        addp Dd, Vn.2d = 01 0 11110 11 11000 11011 10 Rn:5 Rd:5
        faddp Sd, Vn.2s = 01 1 11110 00 11000 01101 10 Rn:5 Rd:5
        faddp Dd, Vn.2d = 01 1 11110 01 11000 01101 10 Rn:5 Rd:5

        // Elements; where one stands in imm5 says its size.
        set lanes e R imm5 i rest4 = b B i:4_1 i j:4 / h H i:3_10 i j:3_0 / s S i:2_100 i j:2_00 / d D i:1_1000 i j:1_000
        set dupe T e Q imm5 = 8b b 0 i:4_1 / 16b b 1 i:4_1 / 4h h 0 i:3_10 / 8h h 1 i:3_10 / 2s s 0 i:2_100 / 4s s 1 i:2_100 / 2d d 1 i:1_1000
        set dupr T R Q imm5 = 8b W 0 00001 / 16b W 1 00001 / 4h W 0 00010 / 8h W 1 00010 / 2s W 0 00100 / 4s W 1 00100 / 2d X 1 01000
        set smov R e Q imm5 = W b 0 i:4_1 / W h 0 i:3_10 / X b 1 i:4_1 / X h 1 i:3_10 / X s 1 i:2_100
        set umov R e Q imm5 = W b 0 i:4_1 / W h 0 i:3_10 / W s 0 i:2_100 / X d 1 i:1_1000
        @dupe dup Vd.<T>, Vn.<e>[i] = 0 <Q> 0 01110000 <imm5> 0 0000 1 Rn:5 Rd:5
        @dupr dup Vd.<T>, <R>n = 0 <Q> 0 01110000 <imm5> 0 0001 1 Rn:5 Rd:5
        @lanes dup <R>d, Vn.<e>[i] = 01 0 11110000 <imm5> 0 0000 1 Rn:5 Rd:5
        @smov smov <R>d, Vn.<e>[i] = 0 <Q> 0 01110000 <imm5> 0 0101 1 Rn:5 Rd:5
        @umov umov <R>d, Vn.<e>[i] = 0 <Q> 0 01110000 <imm5> 0 0111 1 Rn:5 Rd:5
        @umov ins Vd.<e>[i], <R>n = 0 1 0 01110000 <imm5> 0 0011 1 Rn:5 Rd:5
        @lanes ins Vd.<e>[i], Vn.<e>[j] = 0 1 1 01110000 <imm5> 0 <rest4> 1 Rn:5 Rd:5

        // Constants.
        set imm32 T Q = 2s 0 / 4s 1
        set imm16 T Q = 4h 0 / 8h 1
        @b movi Vd.<T>, #abc:defgh = 0 <Q> 0 0111100000 abc:3 1110 01 defgh:5 Rd:5
        @imm16 movi Vd.<T>, #abc:defgh = 0 <Q> 0 0111100000 abc:3 1000 01 defgh:5 Rd:5
        @imm16 movi Vd.<T>, #abc:defgh, lsl #8*a = 0 <Q> 0 0111100000 abc:3 10 a:1 0 01 defgh:5 Rd:5
        @imm32 movi Vd.<T>, #abc:defgh = 0 <Q> 0 0111100000 abc:3 0000 01 defgh:5 Rd:5
        @imm32 movi Vd.<T>, #abc:defgh, lsl #8*a = 0 <Q> 0 0111100000 abc:3 0 a:2 0 01 defgh:5 Rd:5
        @imm32 movi Vd.<T>, #abc:defgh, msl #8*a+8 = 0 <Q> 0 0111100000 abc:3 110 a:1 01 defgh:5 Rd:5
        movi Vd.2d, #bytes(abc:defgh) = 0 1 1 0111100000 abc:3 1110 01 defgh:5 Rd:5
        movi Dd, #bytes(abc:defgh) = 0 0 1 0111100000 abc:3 1110 01 defgh:5 Rd:5
        @imm16 mvni Vd.<T>, #abc:defgh = 0 <Q> 1 0111100000 abc:3 1000 01 defgh:5 Rd:5
        @imm16 mvni Vd.<T>, #abc:defgh, lsl #8*a = 0 <Q> 1 0111100000 abc:3 10 a:1 0 01 defgh:5 Rd:5
        @imm32 mvni Vd.<T>, #abc:defgh = 0 <Q> 1 0111100000 abc:3 0000 01 defgh:5 Rd:5
        @imm32 mvni Vd.<T>, #abc:defgh, lsl #8*a = 0 <Q> 1 0111100000 abc:3 0 a:2 0 01 defgh:5 Rd:5
        @imm32 mvni Vd.<T>, #abc:defgh, msl #8*a+8 = 0 <Q> 1 0111100000 abc:3 110 a:1 01 defgh:5 Rd:5
        @imm16 orr Vd.<T>, #abc:defgh, lsl #8*a = 0 <Q> 0 0111100000 abc:3 10 a:1 1 01 defgh:5 Rd:5
        @imm32 orr Vd.<T>, #abc:defgh, lsl #8*a = 0 <Q> 0 0111100000 abc:3 0 a:2 1 01 defgh:5 Rd:5
        @imm16 bic Vd.<T>, #abc:defgh, lsl #8*a = 0 <Q> 1 0111100000 abc:3 10 a:1 1 01 defgh:5 Rd:5
        @imm32 bic Vd.<T>, #abc:defgh, lsl #8*a = 0 <Q> 1 0111100000 abc:3 0 a:2 1 01 defgh:5 Rd:5
        @imm32 fmov Vd.<T>, #float(abc:defgh) = 0 <Q> 0 0111100000 abc:3 1111 01 defgh:5 Rd:5
        fmov Vd.2d, #float(abc:defgh) = 0 1 1 0111100000 abc:3 1111 01 defgh:5 Rd:5

        // Shifts by a constant; immh:immb is the element's bits plus a shift to the left, or twice them less one to the right.
        set sh T Q E imm = 8b 0 8 0001_s:3 / 16b 1 8 0001_s:3 / 4h 0 16 001_s:4 / 8h 1 16 001_s:4 / 2s 0 32 01_s:5 / 4s 1 32 01_s:5 / 2d 1 64 1_s:6
        set shl m Ta Tb Q E imm = '' 8h 8b 0 8 0001_s:3 / 2 8h 16b 1 8 0001_s:3 / '' 4s 4h 0 16 001_s:4 / 2 4s 8h 1 16 001_s:4 / '' 2d 2s 0 32 01_s:5 / 2 2d 4s 1 32 01_s:5
        set shl2 m Ta Tb Q E size = '' 8h 8b 0 8 00 / 2 8h 16b 1 8 00 / '' 4s 4h 0 16 01 / 2 4s 8h 1 16 01 / '' 2d 2s 0 32 10 / 2 2d 4s 1 32 10
        set shx m Ta Tb Q imm = '' 8h 8b 0 0001_000 / 2 8h 16b 1 0001_000 / '' 4s 4h 0 001_0000 / 2 4s 8h 1 001_0000 / '' 2d 2s 0 01_00000 / 2 2d 4s 1 01_00000
        @sh shl Vd.<T>, Vn.<T>, #s = 0 <Q> 0 011110 <imm> 01010 1 Rn:5 Rd:5
        @sh sli Vd.<T>, Vn.<T>, #s = 0 <Q> 1 011110 <imm> 01010 1 Rn:5 Rd:5
        @sh sshr Vd.<T>, Vn.<T>, #<E>-s = 0 <Q> 0 011110 <imm> 00000 1 Rn:5 Rd:5
        @sh ushr Vd.<T>, Vn.<T>, #<E>-s = 0 <Q> 1 011110 <imm> 00000 1 Rn:5 Rd:5
        @sh ssra Vd.<T>, Vn.<T>, #<E>-s = 0 <Q> 0 011110 <imm> 00010 1 Rn:5 Rd:5
        @sh srshr Vd.<T>, Vn.<T>, #<E>-s = 0 <Q> 0 011110 <imm> 00100 1 Rn:5 Rd:5
        @sh sri Vd.<T>, Vn.<T>, #<E>-s = 0 <Q> 1 011110 <imm> 01000 1 Rn:5 Rd:5
        @shl sshll<m> Vd.<Ta>, Vn.<Tb>, #s = 0 <Q> 0 011110 <imm> 10100 1 Rn:5 Rd:5
        @shl ushll<m> Vd.<Ta>, Vn.<Tb>, #s = 0 <Q> 1 011110 <imm> 10100 1 Rn:5 Rd:5
        @shl2 shll<m> Vd.<Ta>, Vn.<Tb>, #<E> = 0 <Q> 1 01110 <size> 10000 10011 10 Rn:5 Rd:5
        @shx sxtl<m> Vd.<Ta>, Vn.<Tb> = 0 <Q> 0 011110 <imm> 10100 1 Rn:5 Rd:5
        @shx uxtl<m> Vd.<Ta>, Vn.<Tb> = 0 <Q> 1 011110 <imm> 10100 1 Rn:5 Rd:5
        @shl shrn<m> Vd.<Tb>, Vn.<Ta>, #<E>-s = 0 <Q> 0 011110 <imm> 10000 1 Rn:5 Rd:5
        @shl sqshrn<m> Vd.<Tb>, Vn.<Ta>, #<E>-s = 0 <Q> 0 011110 <imm> 10010 1 Rn:5 Rd:5
        @shl sqrshrn<m> Vd.<Tb>, Vn.<Ta>, #<E>-s = 0 <Q> 0 011110 <imm> 10011 1 Rn:5 Rd:5

        // Permutations.
        @bhsd uzp1 Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 0 Rm:5 0 001 10 Rn:5 Rd:5
        @bhsd uzp2 Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 0 Rm:5 0 101 10 Rn:5 Rd:5
        @bhsd trn1 Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 0 Rm:5 0 010 10 Rn:5 Rd:5
        @bhsd trn2 Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 0 Rm:5 0 110 10 Rn:5 Rd:5
        @bhsd zip1 Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 0 Rm:5 0 011 10 Rn:5 Rd:5
        @bhsd zip2 Vd.<T>, Vn.<T>, Vm.<T> = 0 <Q> 0 01110 <size> 0 Rm:5 0 111 10 Rn:5 Rd:5
        ext Vd.8b, Vn.8b, Vm.8b, #imm4 = 0 0 1 01110 00 0 Rm:5 0 0 imm4:3 0 Rn:5 Rd:5
        ext Vd.16b, Vn.16b, Vm.16b, #imm4 = 0 1 1 01110 00 0 Rm:5 0 imm4:4 0 Rn:5 Rd:5
        set table n len = 1 00 / 2 01 / 3 10 / 4 11
        @b @table tbl Vd.<T>, {Vn.16b+<n>}, Vm.<T> = 0 <Q> 0 01110 00 0 Rm:5 0 <len> 0 00 Rn:5 Rd:5
        @b @table tbx Vd.<T>, {Vn.16b+<n>}, Vm.<T> = 0 <Q> 0 01110 00 0 Rm:5 0 <len> 1 00 Rn:5 Rd:5

        // Memory.
        set ld T Q size bytes = 8b 0 00 8 / 16b 1 00 16 / 4h 0 01 8 / 8h 1 01 16 / 2s 0 10 8 / 4s 1 10 16 / 1d 0 11 8 / 2d 1 11 16
        set ldn n opcode = 1 0111 / 2 1010 / 3 0110 / 4 0010
        set ldr T Q size bytes = 8b 0 00 1 / 16b 1 00 1 / 4h 0 01 2 / 8h 1 01 2 / 2s 0 10 4 / 4s 1 10 4 / 1d 0 11 8 / 2d 1 11 8
        set ldl e i q s bytes = b Q:S:size Q:1 000_S:1_size:2 1 / h Q:S:size Q:1 010_S:1_size:1_0 2 / s Q:S Q:1 100_S:1_00 4 / d Q Q:1 100_0_01 8
        @ld @ldn ld1 {Vt.<T>+<n>}, [Xn|SP] = 0 <Q> 0011000 1 000000 <opcode> <size> Rn:5 Rt:5
        @ld @ldn ld1 {Vt.<T>+<n>}, [Xn|SP],#<bytes>*<n> = 0 <Q> 0011001 1 0 11111 <opcode> <size> Rn:5 Rt:5
        @ld @ldn ld1 {Vt.<T>+<n>}, [Xn|SP],Xm{0..30} = 0 <Q> 0011001 1 0 Rm:5 <opcode> <size> Rn:5 Rt:5
        @ld @ldn st1 {Vt.<T>+<n>}, [Xn|SP] = 0 <Q> 0011000 0 000000 <opcode> <size> Rn:5 Rt:5
        @ld @ldn st1 {Vt.<T>+<n>}, [Xn|SP],#<bytes>*<n> = 0 <Q> 0011001 0 0 11111 <opcode> <size> Rn:5 Rt:5
        @ld @ldn st1 {Vt.<T>+<n>}, [Xn|SP],Xm{0..30} = 0 <Q> 0011001 0 0 Rm:5 <opcode> <size> Rn:5 Rt:5
        @ldr ld1r {Vt.<T>}, [Xn|SP] = 0 <Q> 0011010 1 0 00000 110 0 <size> Rn:5 Rt:5
        @ldr ld1r {Vt.<T>}, [Xn|SP],#<bytes> = 0 <Q> 0011011 1 0 11111 110 0 <size> Rn:5 Rt:5
        @ldr ld1r {Vt.<T>}, [Xn|SP],Xm{0..30} = 0 <Q> 0011011 1 0 Rm:5 110 0 <size> Rn:5 Rt:5
        @ldl ld1 {Vt.<e>}[<i>], [Xn|SP] = 0 <q> 0011010 1 0 00000 <s> Rn:5 Rt:5
        @ldl ld1 {Vt.<e>}[<i>], [Xn|SP],#<bytes> = 0 <q> 0011011 1 0 11111 <s> Rn:5 Rt:5
        @ldl st1 {Vt.<e>}[<i>], [Xn|SP] = 0 <q> 0011010 0 0 00000 <s> Rn:5 Rt:5
        @ldl st1 {Vt.<e>}[<i>], [Xn|SP],#<bytes> = 0 <q> 0011011 0 0 11111 <s> Rn:5 Rt:5

        // One float.
        set f R ftype needs = S 00 '' / D 01 '' / H 11 fp16
        set fw F R ftype sf needs = S W 00 0 '' / D W 01 0 '' / H W 11 0 fp16 / S X 00 1 '' / D X 01 1 '' / H X 11 1 fp16
        set fmov F R ftype sf needs = S W 00 0 '' / D X 01 1 '' / H W 11 0 fp16 / H X 11 1 fp16
        @f fmul <R>d, <R>n, <R>m = 0 0 0 11110 <ftype> 1 Rm:5 0000 10 Rn:5 Rd:5
        @f fdiv <R>d, <R>n, <R>m = 0 0 0 11110 <ftype> 1 Rm:5 0001 10 Rn:5 Rd:5
        @f fadd <R>d, <R>n, <R>m = 0 0 0 11110 <ftype> 1 Rm:5 0010 10 Rn:5 Rd:5
        @f fsub <R>d, <R>n, <R>m = 0 0 0 11110 <ftype> 1 Rm:5 0011 10 Rn:5 Rd:5
        @f fmax <R>d, <R>n, <R>m = 0 0 0 11110 <ftype> 1 Rm:5 0100 10 Rn:5 Rd:5
        @f fmin <R>d, <R>n, <R>m = 0 0 0 11110 <ftype> 1 Rm:5 0101 10 Rn:5 Rd:5
        @f fmaxnm <R>d, <R>n, <R>m = 0 0 0 11110 <ftype> 1 Rm:5 0110 10 Rn:5 Rd:5
        @f fminnm <R>d, <R>n, <R>m = 0 0 0 11110 <ftype> 1 Rm:5 0111 10 Rn:5 Rd:5
        @f fmadd <R>d, <R>n, <R>m, <R>a = 0 0 0 11111 <ftype> 0 Rm:5 0 Ra:5 Rn:5 Rd:5
        @f fmov <R>d, <R>n = 0 0 0 11110 <ftype> 1 000000 10000 Rn:5 Rd:5
        @f fabs <R>d, <R>n = 0 0 0 11110 <ftype> 1 000001 10000 Rn:5 Rd:5
        @f fneg <R>d, <R>n = 0 0 0 11110 <ftype> 1 000010 10000 Rn:5 Rd:5
        @f fsqrt <R>d, <R>n = 0 0 0 11110 <ftype> 1 000011 10000 Rn:5 Rd:5
        @f frintn <R>d, <R>n = 0 0 0 11110 <ftype> 1 001000 10000 Rn:5 Rd:5
        @f frinta <R>d, <R>n = 0 0 0 11110 <ftype> 1 001100 10000 Rn:5 Rd:5
        @f fcmp <R>n, <R>m = 0 0 0 11110 <ftype> 1 Rm:5 00 1000 Rn:5 00 000
        @f fcmp <R>n, #0.0 = 0 0 0 11110 <ftype> 1 00000 00 1000 Rn:5 01 000
        @f fcsel <R>d, <R>n, <R>m, condition(cond) = 0 0 0 11110 <ftype> 1 Rm:5 cond:4 11 Rn:5 Rd:5
        @f fmov <R>d, #float(imm8) = 0 0 0 11110 <ftype> 1 imm8:8 100 00000 Rd:5
        fcvt Dd, Sn = 0 0 0 11110 00 1 000101 10000 Rn:5 Rd:5
        fcvt Sd, Dn = 0 0 0 11110 01 1 000100 10000 Rn:5 Rd:5
        fcvt Hd, Sn = 0 0 0 11110 00 1 000111 10000 Rn:5 Rd:5
        fcvt Sd, Hn = 0 0 0 11110 11 1 000100 10000 Rn:5 Rd:5
        @bf16 bfcvt Hd, Sn = 0 0 0 11110 01 1 000110 10000 Rn:5 Rd:5
        @fmov fmov <R>d, <F>n = <sf> 0 0 11110 <ftype> 1 00 110 000000 Rn:5 Rd:5
        @fmov fmov <F>d, <R>n = <sf> 0 0 11110 <ftype> 1 00 111 000000 Rn:5 Rd:5
        @fw scvtf <F>d, <R>n = <sf> 0 0 11110 <ftype> 1 00 010 000000 Rn:5 Rd:5
        @fw ucvtf <F>d, <R>n = <sf> 0 0 11110 <ftype> 1 00 011 000000 Rn:5 Rd:5
        @fw fcvtns <R>d, <F>n = <sf> 0 0 11110 <ftype> 1 00 000 000000 Rn:5 Rd:5
        @fw fcvtas <R>d, <F>n = <sf> 0 0 11110 <ftype> 1 00 100 000000 Rn:5 Rd:5
        @fw fcvtzs <R>d, <F>n = <sf> 0 0 11110 <ftype> 1 11 000 000000 Rn:5 Rd:5
        scvtf Sd, Sn = 01 0 11110 00 10000 11101 10 Rn:5 Rd:5
        """;

    private NeonForms() {}
}
