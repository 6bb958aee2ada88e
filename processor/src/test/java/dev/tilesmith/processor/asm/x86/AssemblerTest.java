package dev.tilesmith.processor.asm.x86;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.asm.Line;
import dev.tilesmith.processor.asm.MachineCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels, jumps, filling, constants and the listing, against GNU as and against what each must be. */
final class AssemblerTest {
    private static final List<Op> JUMPS = List.of(
            Op.JMP, Op.JB, Op.JAE, Op.JE, Op.JNE, Op.JBE, Op.JA, Op.JS, Op.JNS, Op.JP, Op.JNP, Op.JL, Op.JGE, Op.JLE,
            Op.JG);

    @TempDir
    Path folder;

    @Tag("gnu-as")
    @Test
    void jumpsOfEveryKindAndDistanceAgreeWithGnuAs() throws Exception {
        final Assembler asm = new Assembler(Mode.EVEX);
        for (final Op jump : JUMPS) {
            for (final int distance : new int[] {0, 1, 126, 127, 128, 300}) {
                final Label forward = asm.label("forward");
                asm.emit(jump, forward);
                fill(asm, distance);
                asm.bind(forward);
            }
            for (final int distance : new int[] {0, 1, 125, 126, 127, 300}) {
                final Label back = asm.label("back");
                asm.bind(back);
                fill(asm, distance);
                asm.emit(jump, back).emit(Op.CALL, back);
            }
        }
        assertAgrees(asm.assemble());
    }

    @Tag("gnu-as")
    @Test
    void jumpsThatLengthenEachOtherAgreeWithGnuAs() throws Exception {
        final Random random = new Random(20);
        for (int round = 0; round < 20; round++) {
            final Assembler asm = new Assembler(Mode.EVEX);
            final List<Label> labels = new ArrayList<>(
                    IntStream.range(0, 40).mapToObj(_ -> asm.label("l")).toList());
            for (final Label label : labels) {
                asm.bind(label);
                fill(asm, random.nextInt(12));
                asm.emit(JUMPS.get(random.nextInt(JUMPS.size())), labels.get(random.nextInt(labels.size())));
            }
            assertAgrees(asm.assemble());
        }
    }

    @Tag("gnu-as")
    @Test
    void fillingOfEverySizeAgreesWithGnuAs() throws Exception {
        final Assembler asm = new Assembler(Mode.VEX);
        for (int size = 1; size <= 64; size++) {
            fill(asm, size);
            asm.align(64);
        }
        final MachineCode code = asm.assemble();
        assertEquals(64 * 64, code.size());
        assertEquals(64, code.alignment());
        assertAgrees(code);
    }

    @Tag("gnu-as")
    @Test
    void constantsAreAlignedAndAgreeWithGnuAs() throws Exception {
        final Assembler asm = new Assembler(Mode.EVEX);
        final Label ones = asm.constant(new float[] {1, 1, 1, 1}, 16);
        final Label one = asm.constant(new byte[] {1}, 1);
        final Label ramp = asm.constant(IntStream.range(0, 16).toArray(), 64);
        asm.emit(Op.VMOVUPS, Vec.xmm(1), Mem.at(ones))
                .emit(Op.VPBROADCASTB, Vec.zmm(20), Mem.at(one))
                .emit(Op.VPADDD, Vec.zmm(2), Vec.zmm(3), Mem.at(ramp))
                .emit(Op.VPADDD, Vec.zmm(2), Vec.zmm(3), Mem.at(ramp, 8).repeated())
                .emit(Op.CMP, Mem.at(ones), Imm.imm(1000))
                .emit(Op.RET);
        final MachineCode code = asm.assemble();
        assertAgrees(code);
        assertEquals(0, offset(code, ones) % 16);
        assertEquals(0, offset(code, ramp) % 64);
        assertEquals(64, code.alignment());
    }

    @Test
    void equalConstantsLieOnce() {
        final Assembler asm = new Assembler(Mode.EVEX);
        final byte[] bytes = {1, 2, 3, 4};
        final Label first = asm.constant(bytes, 4);
        assertEquals(first, asm.constant(new int[] {0x04030201}, 4));
        bytes[0] = 9;
        assertEquals(first, asm.constant(new byte[] {1, 2, 3, 4}, 4));
        assertEquals("01020304", HexFormat.of().formatHex(asm.assemble().bytes()));
    }

    @Tag("gnu-as")
    @Test
    void tableHoldsDistancesFromItsStart() throws Exception {
        final Assembler asm = new Assembler(Mode.EVEX);
        final Label here = asm.label("here");
        final Label there = asm.label("there");
        final Label table = asm.table(List.of(here, there, here));
        asm.emit(Op.LEA, Gpr.RAX, Mem.at(table))
                .emit(Op.MOVSXD, Gpr.RCX, Mem.mem(Gpr.RAX, Gpr.RDI, 4, 0))
                .emit(Op.ADD, Gpr.RAX, Gpr.RCX)
                .emit(Op.JMP, Gpr.RAX)
                .bind(here)
                .emit(Op.RET)
                .bind(there)
                .emit(Op.RET);
        final MachineCode code = asm.assemble();
        assertAgrees(code);
        assertEquals(offset(code, table), code.size() - 12);
        assertEquals(
                offset(code, there) - offset(code, table),
                java.nio.ByteBuffer.wrap(code.bytes())
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getInt(code.size() - 8));
    }

    @Test
    void listingCoversEveryByteInOrder() {
        final MachineCode code = smallKernel();
        final StringBuilder hex = new StringBuilder();
        for (final Line line : code.lines()) {
            assertEquals(hex.length() / 2, line.offset(), line.toString());
            hex.append(line.hex());
        }
        assertEquals(HexFormat.of().formatHex(code.bytes()), hex.toString());
        assertTrue(code.listing().contains("vfmadd231ps zmm1, zmm0, dword ptr [rdi]{1to16}  # row 0"), code.listing());
    }

    /** Code that is like other code has one line, of where it begins and how long it is. */
    @Test
    void shortListingNamesWhatIsLikeOtherCode() {
        final Assembler asm = new Assembler(Mode.VEX);
        asm.bind(new Label("tall")).emit(Op.INC, Gpr.RAX);
        asm.nolist().bind(new Label("low")).emit(Op.DEC, Gpr.RAX).bind(new Label("low_loop"));
        asm.nolist().bind(new Label("lower")).emit(Op.NOP).emit(Op.NOP);
        asm.list().emit(Op.RET);
        final MachineCode code = asm.assemble();
        assertEquals("""
            000000                   .Ltall:
            000000  48ffc0             inc rax
            000003                   .Llow:  # 3 bytes
            000006                   .Llower:  # 2 bytes
            000008  c3                 ret
            """, code.shortListing());
        assertEquals(9, code.lines().size());
    }

    @Test
    void sameCallsGiveTheSame() throws Exception {
        assertArrayEquals(smallKernel().bytes(), smallKernel().bytes());
        assertEquals(smallKernel().listing(), smallKernel().listing());
        assertAgrees(smallKernel());
    }

    @Test
    void labelWithoutPlaceIsRefused() {
        final Assembler asm = new Assembler(Mode.VEX);
        asm.emit(Op.JMP, asm.label("nowhere"));
        assertEquals(
                "jmp .Lnowhere_1: label .Lnowhere_1 has no place; bind it",
                assertThrows(IllegalStateException.class, asm::assemble).getMessage());
    }

    @Test
    void labelWithTwoPlacesIsRefused() {
        final Assembler asm = new Assembler(Mode.VEX);
        final Label twice = asm.label("twice");
        asm.bind(twice);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> asm.bind(twice))
                .getMessage()
                .contains(".Ltwice_1 has a place already"));
    }

    @Test
    void oddAlignmentIsRefused() {
        for (final int alignment : new int[] {0, -4, 3, 128}) {
            assertThrows(IllegalArgumentException.class, () -> new Assembler(Mode.VEX).align(alignment));
            assertThrows(
                    IllegalArgumentException.class, () -> new Assembler(Mode.VEX).constant(new byte[] {1}, alignment));
        }
    }

    /** 2 rows by 16 columns: zmm1 and zmm2 accumulate over rsi steps of k. */
    private static MachineCode smallKernel() {
        final Assembler asm = new Assembler(Mode.EVEX);
        final Label loop = asm.label("k");
        asm.emit(Op.VPXORD, Vec.zmm(1), Vec.zmm(1), Vec.zmm(1))
                .emit(Op.VPXORD, Vec.zmm(2), Vec.zmm(2), Vec.zmm(2))
                .align(16)
                .bind(loop)
                .remark("one step of k")
                .emit(Op.VMOVUPS, Vec.zmm(0), Mem.mem(Gpr.RDX))
                .note(
                        "row 0",
                        Op.VFMADD231PS,
                        Vec.zmm(1),
                        Vec.zmm(0),
                        Mem.mem(Gpr.RDI).repeated())
                .note(
                        "row 1",
                        Op.VFMADD231PS,
                        Vec.zmm(2),
                        Vec.zmm(0),
                        Mem.mem(Gpr.RDI, 4).repeated())
                .emit(Op.ADD, Gpr.RDX, Imm.imm(64))
                .emit(Op.ADD, Gpr.RDI, Imm.imm(8))
                .emit(Op.DEC, Gpr.RSI)
                .emit(Op.JNE, loop)
                .emit(Op.VMOVUPS, Mem.mem(Gpr.RCX), Vec.zmm(1))
                .emit(Op.VMOVUPS, Mem.mem(Gpr.RCX, 64).merging(Mask.k(1)), Vec.zmm(2))
                .emit(Op.VZEROUPPER)
                .emit(Op.RET);
        return asm.assemble();
    }

    private static void fill(Assembler asm, int bytes) {
        for (int i = 0; i < bytes; i++) {
            asm.emit(Op.NOP);
        }
    }

    private static int offset(MachineCode code, Label label) {
        return code.lines().stream()
                .filter(line -> line.text().equals(label.text() + ":"))
                .findFirst()
                .orElseThrow()
                .offset();
    }

    private void assertAgrees(MachineCode code) throws Exception {
        final HexFormat hex = HexFormat.ofDelimiter("\n");
        assertEquals(
                hex.formatHex(new GnuAs(folder).assemble(code.source())), hex.formatHex(code.bytes()), code::listing);
    }
}
