package dev.tilesmith.processor.asm.x86;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is refused, and in what words. */
final class RefusalTest {
    @Test
    void wrongClassOfRegister() {
        assertRefused(
                "vaddps zmm0, zmm1, rax: operand 3 is rax; it must be zmm0 to 31 or memory of 64 bytes or repeated memory"
                        + " of 4 bytes",
                Mode.EVEX,
                Op.VADDPS,
                Vec.zmm(0),
                Vec.zmm(1),
                Gpr.RAX);
    }

    @Test
    void wrongWidthOfRegister() {
        assertRefused("add rax, ecx: operand 2 is ecx; it must be", Mode.VEX, Op.ADD, Gpr.RAX, Gpr.RCX.as32());
    }

    @Test
    void missingOperand() {
        assertRefused(
                "vaddps ymm0, ymm1: operand 3 is missing; it must be", Mode.VEX, Op.VADDPS, Vec.ymm(0), Vec.ymm(1));
    }

    @Test
    void operandTooMany() {
        assertRefused("ret rax: operand 1 is rax; it must be nothing", Mode.VEX, Op.RET, Gpr.RAX);
    }

    @Test
    void evexOperandUnderVex() {
        assertRefused(
                "vmovups zmm0, [rax]: operand 1 is zmm0; it must be vectors of [128, 256] bits (mode EVEX would take it)",
                Mode.VEX,
                Op.VMOVUPS,
                Vec.zmm(0),
                Mem.mem(Gpr.RAX));
        assertRefused("operand 1 is ymm16; it must be ymm0 to 15", Mode.VEX, Op.VMOVUPS, Vec.ymm(16), Mem.mem(Gpr.RAX));
    }

    @Test
    void evexInstructionUnderVex() {
        assertRefused(
                "the instruction is EVEX only; it needs an assembler of mode EVEX",
                Mode.VEX,
                Op.VPTERNLOGD,
                Vec.xmm(0),
                Vec.xmm(0),
                Vec.xmm(0),
                Imm.imm(0));
    }

    @Test
    void constantTooLarge() {
        assertRefused(
                "add rax, 2147483648: operand 2 is 2147483648; it must be",
                Mode.VEX,
                Op.ADD,
                Gpr.RAX,
                Imm.imm(0x8000_0000L));
        assertRefused(
                "operand 2 is 256; it must be constant from 1 to 1; or constant from -128 to 255",
                Mode.VEX,
                Op.SHL,
                Gpr.RAX,
                Imm.imm(256));
    }

    @Test
    void maskWhereThereIsNone() {
        assertRefused(
                "operand 1 is xmm0{k1}; it must be vector register 0 to 15;",
                Mode.EVEX,
                Op.VMOVD,
                Vec.xmm(0).merging(Mask.k(1)),
                Gpr.RAX.as32());
    }

    @Test
    void roundingThatTheFormLacks() {
        assertRefused(
                "operand 4 is {sae}; it must be {rn-sae}, {rd-sae}, {ru-sae} or {rz-sae}",
                Mode.EVEX,
                Op.VADDPS,
                Vec.zmm(0),
                Vec.zmm(1),
                Vec.zmm(2),
                Rounding.SAE);
        assertRefused(
                "no rounding with an operand in memory",
                Mode.EVEX,
                Op.VADDPS,
                Vec.zmm(0),
                Vec.zmm(1),
                Mem.mem(Gpr.RAX),
                Rounding.RZ_SAE);
        assertRefused(
                "no rounding with vectors under 512 bits",
                Mode.EVEX,
                Op.VADDPS,
                Vec.ymm(0),
                Vec.ymm(1),
                Vec.ymm(2),
                Rounding.RZ_SAE);
    }

    @Test
    void repeatedMemoryWhereItCannotBe() {
        assertRefused(
                "operand 2 is [rax]{1toN}; it must be",
                Mode.EVEX,
                Op.VMOVUPS,
                Vec.zmm(0),
                Mem.mem(Gpr.RAX).repeated());
    }

    @Test
    void tileNamedTwice() {
        assertRefused(
                "tdpbusd tmm1, tmm2, tmm2: operand 3 is tmm2; it must be another tile register than those before it",
                Mode.EVEX,
                Op.TDPBUSD,
                Tmm.tmm(1),
                Tmm.tmm(2),
                Tmm.tmm(2));
    }

    @Test
    void rowsOfATileAtALabel() {
        assertRefused(
                "tileloadd tmm1, [rip+.Lhere]: operand 2 is [rip+.Lhere]; it must be rows in memory, not at a label",
                Mode.EVEX,
                Op.TILELOADD,
                Tmm.tmm(1),
                Mem.at(Samples.HERE));
    }

    @Test
    void vectorInsteadOfATile() {
        assertRefused("operand 1 is zmm1; it must be tile register", Mode.EVEX, Op.TILEZERO, Vec.zmm(1));
    }

    @Test
    void impossibleOperands() {
        assertSays("index of a general register is 16", () -> Gpr.r64(16));
        assertSays("width of a general register is 48", () -> new Gpr(0, 48));
        assertSays("index of a vector register is 32", () -> Vec.zmm(32));
        assertSays("width of a vector register is 64", () -> new Vec(64, 0));
        assertSays("index of a mask register is 8", () -> Mask.k(8));
        assertSays("index of a tile register is 8", () -> Tmm.tmm(8));
        assertSays("write mask is k0", () -> Vec.zmm(0).merging(Mask.k(0)));
        assertSays("zeroing target is [rax]", () -> new Masked(Mem.mem(Gpr.RAX), Mask.k(1), true));
        assertSays("target of a write mask is rax", () -> new Masked(Gpr.RAX, Mask.k(1), false));
        assertSays("index of an address is rsp", () -> Mem.mem(Gpr.RAX, Gpr.RSP, 1, 0));
        assertSays("scale of an address is 3", () -> Mem.mem(Gpr.RAX, Gpr.RCX, 3, 0));
        assertSays("base of an address is eax; it must be the 64-bit rax", () -> Mem.mem(Gpr.RAX.as32()));
        assertSays("address has no base", () -> Mem.scaled(Gpr.RAX, 1, 0));
        assertSays(
                "address at label .La has a base or an index",
                () -> new Mem(Optional.of(Gpr.RAX), Optional.empty(), 1, 0, Optional.of(new Label("a")), false));
        assertSays("name of a label is \"a b\"", () -> new Label("a b"));
    }

    private static void assertRefused(String words, Mode mode, Op op, Operand... operands) {
        assertSays(words, () -> new Instruction(op, mode, List.of(operands), ""));
    }

    private static void assertSays(String words, Executable call) {
        final String message =
                assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(words), message);
    }
}
