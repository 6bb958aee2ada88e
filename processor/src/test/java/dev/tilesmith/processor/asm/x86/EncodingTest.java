package dev.tilesmith.processor.asm.x86;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form, every register in every place, every way to address, against GNU as. */
final class EncodingTest {
    /** An instruction has at most 15 bytes; each gets a slot of its own, so that one error hides no other. */
    private static final int SLOT = 16;

    @TempDir
    Path folder;

    @Tag("gnu-as")
    @Test
    void everyFormAgreesWithGnuAs() throws Exception {
        for (final Mode mode : Mode.values()) {
            final List<Instruction> instructions = instructions(mode).toList();
            assertEquals(
                    List.of(), differences(instructions, encoded(instructions)), mode + ", " + instructions.size());
        }
    }

    @Tag("gnu-as")
    @Test
    void everyAddressAgreesWithGnuAs() throws Exception {
        final List<Instruction> instructions = Stream.concat(
                        Samples.everyAddress(1)
                                .flatMap(mem -> Stream.of(
                                        Instruction.of(Mode.EVEX, Op.MOV, Gpr.R11, mem),
                                        Instruction.of(Mode.EVEX, Op.VADDPS, Vec.ymm(9), Vec.ymm(3), mem),
                                        Instruction.of(Mode.EVEX, Op.VPMULLD, Vec.xmm(3), Vec.xmm(3), mem))),
                        Samples.everyAddress(64).map(mem -> Instruction.of(Mode.EVEX, Op.VMOVUPS, mem, Vec.zmm(21))))
                .toList();
        assertEquals(List.of(), differences(instructions, encoded(instructions)));
    }

    @Tag("gnu-as")
    @Test
    void everyTileAndItsRowsAgreeWithGnuAs() throws Exception {
        final List<Instruction> instructions = Stream.concat(
                        tiles().flatMap(a -> tiles().flatMap(b -> tiles().filter(
                                        c -> !a.equals(b) && !a.equals(c) && !b.equals(c))
                                .flatMap(c -> Stream.of(Op.TDPBSSD, Op.TDPBSUD, Op.TDPBUSD, Op.TDPBUUD, Op.TDPBF16PS)
                                        .map(op -> Instruction.of(Mode.EVEX, op, a, b, c))))),
                        Samples.everyAddress(1)
                                .flatMap(mem -> Stream.of(
                                        Instruction.of(Mode.EVEX, Op.TILELOADD, Tmm.tmm(5), mem),
                                        Instruction.of(Mode.EVEX, Op.TILELOADDT1, Tmm.tmm(2), mem),
                                        Instruction.of(Mode.EVEX, Op.TILESTORED, mem, Tmm.tmm(6)),
                                        Instruction.of(Mode.EVEX, Op.LDTILECFG, mem),
                                        Instruction.of(Mode.EVEX, Op.STTILECFG, mem))))
                .toList();
        assertEquals(List.of(), differences(instructions, encoded(instructions)));
    }

    private static Stream<Tmm> tiles() {
        return IntStream.range(0, 8).mapToObj(Tmm::tmm);
    }

    @Test
    void everyFormIsReached() {
        final List<Form> missed = Stream.of(Op.values())
                .flatMap(op -> op.forms().stream()
                        .filter(form -> !form.isShortBranch())
                        .filter(form -> Stream.of(Mode.values())
                                .filter(mode -> form.isOffered(mode))
                                .noneMatch(mode -> Samples.of(form).anyMatch(operands -> op.select(mode, operands)
                                        .equals(form)))))
                .toList();
        assertEquals(List.of(), missed);
    }

    @Tag("gnu-as")
    @Test
    void oneWrongBitIsCaught() throws Exception {
        for (final Instruction instruction : List.of(
                Instruction.of(Mode.EVEX, Op.VFMADD231PS, Vec.zmm(1), Vec.zmm(20), Mem.mem(Gpr.RAX, 64)),
                Instruction.of(Mode.EVEX, Op.TILELOADD, Tmm.tmm(1), Mem.mem(Gpr.RAX, Gpr.RCX, 1, 64)),
                Instruction.of(Mode.EVEX, Op.TDPBUSD, Tmm.tmm(1), Tmm.tmm(4), Tmm.tmm(6)),
                Instruction.of(Mode.EVEX, Op.TILERELEASE))) {
            final byte[] right = encoded(List.of(instruction));
            for (int bit = 0; bit < 8 * instruction.bytes().length; bit++) {
                final byte[] wrong = right.clone();
                wrong[bit / 8] ^= (byte) (1 << (bit % 8));
                assertNotEquals(List.of(), differences(List.of(instruction), wrong), instruction + ", bit " + bit);
            }
        }
    }

    /**
     * Legacy and VEX forms under mode VEX, EVEX forms under mode EVEX: among the operands of the latter are those for
     * which VEX is to be chosen.
     */
    private static Stream<Instruction> instructions(Mode mode) {
        return Stream.of(Op.values()).flatMap(op -> op.forms().stream()
                .filter(form -> form.isOffered(mode))
                .filter(form -> !form.isShortBranch() && !isBranch(form))
                .flatMap(Samples::of)
                .distinct()
                .map(operands -> new Instruction(op, mode, operands, "")));
    }

    /** Jumps to labels change with distance; {@link AssemblerTest} has them. */
    private static boolean isBranch(Form form) {
        return form.operands().stream().anyMatch(Pattern.Distance.class::isInstance);
    }

    private static byte[] encoded(List<Instruction> instructions) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final Instruction instruction : instructions) {
            final Encoded encoded = instruction.encode();
            final byte[] bytes = encoded.bytes(-out.size());
            out.writeBytes(bytes);
            out.writeBytes(filler(SLOT - bytes.length));
        }
        return out.toByteArray();
    }

    private static byte[] filler(int size) {
        final byte[] filler = new byte[size];
        Arrays.fill(filler, (byte) 0xCC);
        return filler;
    }

    /** What differs from GNU as: instruction, our bytes, its bytes. */
    private List<String> differences(List<Instruction> instructions, byte[] ours)
            throws IOException, InterruptedException {
        final StringBuilder source = new StringBuilder(".intel_syntax noprefix\n" + Samples.HERE.text() + ":\n");
        instructions.forEach(i -> source.append(i.text()).append("\n.p2align 4, 0xCC\n"));
        final byte[] theirs = new GnuAs(folder).assemble(source.toString());
        assertEquals(theirs.length, ours.length);
        final List<String> differences = new ArrayList<>();
        for (int i = 0; i < instructions.size() && differences.size() < 100; i++) {
            final int from = i * SLOT;
            if (!Arrays.equals(ours, from, from + SLOT, theirs, from, from + SLOT)) {
                differences.add("%n%s: %s, as has %s"
                        .formatted(instructions.get(i).text(), hex(ours, from), hex(theirs, from)));
            }
        }
        return differences;
    }

    private static String hex(byte[] bytes, int from) {
        return HexFormat.of().formatHex(bytes, from, from + SLOT);
    }
}
