package dev.tilesmith.processor.asm.aarch64;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.asm.Line;
import dev.tilesmith.processor.asm.MachineCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels, filling, constants and the listing, against assemblers and against what each must be. */
final class AssemblerTest {
    @TempDir
    Path folder;

    @Test
    @Tag("arm-assemblers")
    void branchesBothWaysAgree() throws Exception {
        final Random random = new Random(64);
        final Assembler asm = new Assembler();
        final List<Label> labels = new ArrayList<>(
                IntStream.range(0, 60).mapToObj(_ -> asm.label("l")).toList());
        for (final Label label : labels) {
            asm.bind(label);
            final Label target = labels.get(random.nextInt(labels.size()));
            switch (random.nextInt(7)) {
                case 0 -> asm.emit(Op.B, target);
                case 1 -> asm.emit(Op.B_NE, target);
                case 2 -> asm.emit(Op.CBZ, Gpr.w(3), target);
                case 3 -> asm.emit(Op.TBNZ, Gpr.x(4), Imm.imm(40), target);
                case 4 -> asm.emit(Op.ADR, Gpr.x(5), target);
                case 5 -> asm.emit(Op.BL, target);
                default -> asm.emit(Op.LDR, Scalar.q(1), target);
            }
        }
        assertAgrees(asm.assemble());
    }

    @Test
    @Tag("arm-assemblers")
    void fillingAgrees() throws Exception {
        final Assembler asm = new Assembler();
        for (int size = 1; size <= 16; size++) {
            for (int i = 0; i < size; i++) {
                asm.emit(Op.ISB);
            }
            asm.align(64);
        }
        final MachineCode code = asm.assemble();
        assertEquals(16 * 64, code.size());
        assertEquals(64, code.alignment());
        assertAgrees(code);
    }

    @Test
    @Tag("arm-assemblers")
    void constantsAreAlignedAndAgree() throws Exception {
        final Assembler asm = new Assembler();
        final Label ones = asm.constant(new float[] {1, 1, 1, 1}, 16);
        final Label one = asm.constant(new byte[] {1}, 1);
        final Label ramp = asm.constant(IntStream.range(0, 16).toArray(), 64);
        asm.emit(Op.LDR, Scalar.q(0), ones)
                .emit(Op.ADR, Gpr.x(1), one)
                .emit(Op.LD1R, RegisterList.list(V.b16(2), 1), Mem.at(Gpr.x(1)))
                .emit(Op.ADR, Gpr.x(3), ramp)
                .emit(Op.RET);
        final MachineCode code = asm.assemble();
        assertAgrees(code);
        assertEquals(0, offset(code, ones) % 16);
        assertEquals(0, offset(code, ramp) % 64);
        assertEquals(64, code.alignment());
    }

    @Test
    void equalConstantsLieOnce() {
        final Assembler asm = new Assembler();
        final byte[] bytes = {1, 2, 3, 4};
        final Label first = asm.constant(bytes, 4);
        assertEquals(first, asm.constant(new int[] {0x04030201}, 4));
        bytes[0] = 9;
        assertEquals(first, asm.constant(new byte[] {1, 2, 3, 4}, 4));
        assertEquals("01020304", HexFormat.of().formatHex(asm.assemble().bytes()));
    }

    @Test
    @Tag("arm-assemblers")
    void tableHoldsDistancesFromItsStart() throws Exception {
        final Assembler asm = new Assembler();
        final Label here = asm.label("here");
        final Label there = asm.label("there");
        final Label table = asm.table(List.of(here, there, here));
        asm.emit(Op.ADR, Gpr.x(9), table)
                .emit(Op.LDRSW, Gpr.x(10), Mem.at(Gpr.x(9), Gpr.x(0), 2))
                .emit(Op.ADD, Gpr.x(9), Gpr.x(9), Gpr.x(10))
                .emit(Op.BR, Gpr.x(9))
                .bind(here)
                .emit(Op.RET)
                .bind(there)
                .emit(Op.RET);
        final MachineCode code = asm.assemble();
        assertAgrees(code);
        assertEquals(offset(code, table), code.size() - 12);
        assertEquals(
                offset(code, there) - offset(code, table),
                ByteBuffer.wrap(code.bytes()).order(ByteOrder.LITTLE_ENDIAN).getInt(code.size() - 8));
    }

    @Test
    void constantsOfRegistersAreWhatWasAsked() {
        final Random random = new Random(16);
        final List<Long> values =
                new ArrayList<>(List.of(0L, -1L, 1L, -2L, Long.MAX_VALUE, Long.MIN_VALUE, 0xFFFF0000L));
        for (int i = 0; i < 64; i++) {
            values.add(1L << i);
            values.add(~(1L << i));
            values.add(random.nextLong());
        }
        for (final long value : values) {
            final MachineCode code = new Assembler().set(Gpr.x(7), value).assemble();
            assertEquals(value, run(code), code::listing);
            assertEquals(leastMoves(value), code.size() / Instruction.BYTES, code::listing);
        }
    }

    @Test
    void floatsAreSetByTheirBits() {
        final MachineCode code =
                new Assembler().set(Scalar.s(3), 127f, Gpr.x(7)).assemble();
        assertEquals(
                List.of("movz x7, #17150, lsl #16", "fmov s3, w7"),
                code.lines().stream().map(Line::text).toList());
    }

    /** The fewest of movz, movn and movk: one for each 16 bits that are not all zeros, or not all ones. */
    private static int leastMoves(long value) {
        int zeros = 0;
        int ones = 0;
        for (int i = 0; i < 64; i += 16) {
            zeros += (value >>> i & 0xFFFF) == 0 ? 1 : 0;
            ones += (value >>> i & 0xFFFF) == 0xFFFF ? 1 : 0;
        }
        return Math.max(1, 4 - Math.max(zeros, ones));
    }

    /** What movz, movn and movk leave in their register, after the Arm ARM, C6.2. */
    private static long run(MachineCode code) {
        final ByteBuffer words = ByteBuffer.wrap(code.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        long register = 0x5555_5555_5555_5555L;
        while (words.hasRemaining()) {
            final int word = words.getInt();
            final int shift = 16 * (word >>> 21 & 3);
            final long value = (long) (word >>> 5 & 0xFFFF) << shift;
            register = switch (word >>> 29 & 3) {
                case 0 -> ~value;
                case 2 -> value;
                default -> (register & ~(0xFFFFL << shift)) | value;
            };
        }
        return register;
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
        assertTrue(code.listing().contains("fmopa za0.s, p0/m, p0/m, z0.s, z1.s  // rows by columns"), code.listing());
    }

    @Test
    @Tag("arm-assemblers")
    void sameCallsGiveTheSame() throws Exception {
        assertArrayEquals(smallKernel().bytes(), smallKernel().bytes());
        assertEquals(smallKernel().listing(), smallKernel().listing());
        assertAgrees(smallKernel());
    }

    @Test
    void labelWithoutPlaceIsRefused() {
        final Assembler asm = new Assembler();
        asm.emit(Op.B, asm.label("nowhere"));
        assertEquals(
                "b .Lnowhere_1: label .Lnowhere_1 has no place; bind it",
                assertThrows(IllegalStateException.class, asm::assemble).getMessage());
    }

    @Test
    void labelTooFarIsRefused() {
        final Assembler asm = new Assembler();
        final Label far = asm.label("far");
        asm.emit(Op.TBZ, Gpr.x(0), Imm.imm(1), far);
        for (int i = 0; i < 8191; i++) {
            asm.emit(Op.NOP);
        }
        asm.bind(far);
        assertEquals(
                "tbz x0, #1, .Lfar_1: label .Lfar_1 is 32768 bytes away; it must be a multiple of 4 from -32768 to"
                        + " 32764",
                assertThrows(IllegalStateException.class, asm::assemble).getMessage());
    }

    @Test
    void labelWithTwoPlacesIsRefused() {
        final Assembler asm = new Assembler();
        final Label twice = asm.label("twice");
        asm.bind(twice);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> asm.bind(twice))
                .getMessage()
                .contains(".Ltwice_1 has a place already"));
    }

    @Test
    void bitsOfAnInstructionThatNamesALabelAreRefused() {
        final Instruction branch = Instruction.of(Op.B, new Label("x"));
        assertEquals(
                "instruction waits for the place of label .Lx",
                assertThrows(IllegalStateException.class, branch::bits).getMessage());
        assertEquals(0xd65f03c0, Instruction.of(Op.RET).bits());
    }

    @Test
    void oddAlignmentIsRefused() {
        for (final int alignment : new int[] {0, -4, 3, 128}) {
            assertThrows(IllegalArgumentException.class, () -> new Assembler().align(alignment));
            assertThrows(IllegalArgumentException.class, () -> new Assembler().constant(new byte[] {1}, alignment));
        }
        assertThrows(IllegalArgumentException.class, () -> new Assembler().align(2));
    }

    /** One tile of outer products over x2 steps of k, and a step of Advanced SIMD beside it. */
    private static MachineCode smallKernel() {
        final Assembler asm = new Assembler();
        final Label loop = asm.label("k");
        final P all = P.p(0);
        asm.emit(Op.SMSTART)
                .emit(Op.PTRUE, all.of(ElementSize.S))
                .emit(Op.ZERO, TileGroup.tiles(Tile.s(0)))
                .align(16)
                .bind(loop)
                .remark("one step of k")
                .emit(Op.LD1W, RegisterList.list(Z.s(0), 1), all.zeroing(), Mem.at(Gpr.x(0)))
                .emit(Op.LD1W, RegisterList.list(Z.s(1), 1), all.zeroing(), Mem.vectors(Gpr.x(1), 0))
                .note("rows by columns", Op.FMOPA, Tile.s(0), all.merging(), all.merging(), Z.s(0), Z.s(1))
                .emit(Op.ADDVL, Gpr.x(0), Gpr.x(0), Imm.imm(1))
                .emit(Op.SUBS, Gpr.x(2), Gpr.x(2), Imm.imm(1))
                .emit(Op.B_NE, loop)
                .emit(Op.MOV, Gpr.w(12), Imm.imm(0))
                .emit(Op.ST1W, Tile.s(0).row(Gpr.w(12), 0), all, Mem.at(Gpr.x(3)))
                .emit(Op.MOVA, RegisterList.list(Z.s(4), 4), Tile.s(1).rows(Gpr.w(12), 0, 4))
                .emit(Op.SMSTOP)
                .emit(Op.FMLA, V.s4(8), V.s4(9), new V(10, Arrangement.S).lane(3))
                .emit(Op.RET);
        return asm.assemble();
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
                hex.formatHex(Judge.LLVM.assemble(folder, code.source())), hex.formatHex(code.bytes()), code::listing);
    }
}
