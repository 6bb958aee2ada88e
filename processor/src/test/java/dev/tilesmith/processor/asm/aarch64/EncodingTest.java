package dev.tilesmith.processor.asm.aarch64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every form, every value of every field, against the assemblers that know it. */
final class EncodingTest {
    /** Differences told of, at most. */
    private static final int SOME = 100;

    @TempDir
    Path folder;

    @ParameterizedTest
    @Tag("arm-assemblers")
    @EnumSource
    void everyFormAgreesWith(Judge judge) throws Exception {
        final List<Instruction> instructions =
                forms().filter(judge::knows).flatMap(EncodingTest::instructions).toList();
        assertEquals(
                List.of(), differences(judge, instructions, encoded(instructions)), judge + ", " + instructions.size());
    }

    @ParameterizedTest
    @Tag("arm-assemblers")
    @EnumSource
    void everyDistanceAgreesWith(Judge judge) throws Exception {
        final List<Instruction> instructions = new ArrayList<>();
        final List<Integer> distances = new ArrayList<>();
        forms().filter(form -> !places(form).isEmpty()).forEach(form -> {
            final Instruction instruction = instructions(form).findFirst().orElseThrow();
            distances(places(form).getFirst()).forEach(distance -> {
                instructions.add(instruction);
                distances.add(distance);
            });
        });
        final ByteBuffer ours = buffer(instructions.size());
        final StringBuilder source = new StringBuilder();
        for (int i = 0; i < instructions.size(); i++) {
            ours.put(instructions.get(i).encoding().bytes(distances.get(i)));
            source.append(instructions.get(i).text().replace(Samples.HERE.text(), ".+" + distances.get(i)))
                    .append('\n');
        }
        assertEquals(List.of(), differences(judge, source.toString(), bytes(ours)));
    }

    @Test
    void everyDistanceTooFarIsRefused() {
        forms().flatMap(form -> places(form).stream()
                        .map(distance ->
                                Map.entry(instructions(form).findFirst().orElseThrow(), distance)))
                .forEach(place -> {
                    final Value distance = place.getValue();
                    for (final long wrong :
                            new long[] {distance.max() + distance.scale(), distance.min() - distance.scale()}) {
                        final String message = assertThrows(
                                        IllegalStateException.class,
                                        () -> place.getKey().encoding().bytes((int) wrong))
                                .getMessage();
                        assertEquals(
                                "label .Lhere is " + wrong + " bytes away; it must be " + distance.describe(), message);
                    }
                });
    }

    private static List<Value> places(Form form) {
        return form.operands().stream()
                .flatMap(pattern ->
                        pattern instanceof Pattern.Place(Value distance) ? Stream.of(distance) : Stream.empty())
                .toList();
    }

    private static IntStream distances(Value distance) {
        return IntStream.concat(
                IntStream.of((int) distance.min(), (int) distance.max()),
                IntStream.range(0, 28)
                        .flatMap(bit -> IntStream.of(1 << bit, -1 << bit, (1 << bit) - (int) distance.scale()))
                        .filter(distance::contains));
    }

    @Test
    void everyFormHasAJudge() {
        forms().forEach(form ->
                assertTrue(Stream.of(Judge.values()).anyMatch(judge -> judge.knows(form)), form.line()));
    }

    @Test
    void everyFormIsReached() {
        final List<String> missed = forms().filter(
                        form -> instructions(form).noneMatch(i -> i.form().equals(form)))
                .map(Form::line)
                .toList();
        assertEquals(List.of(), missed);
    }

    @Test
    void everyRegisterThatAFieldCanNameIsTried() {
        forms().forEach(form -> {
            final List<List<Operand>> samples = Samples.of(form).toList();
            for (int i = 0; i < form.operands().size(); i++) {
                if (form.operands().get(i) instanceof Pattern.Numbered(Shape _, Value index)) {
                    final int position = i;
                    assertEquals(
                            LongStream.rangeClosed(index.min(), index.max())
                                    .filter(index::contains)
                                    .count(),
                            samples.stream()
                                    .map(operands -> operands.get(position))
                                    .distinct()
                                    .count(),
                            form.line() + ", operand " + (i + 1));
                }
            }
        });
    }

    @Test
    void everyMnemonicOfTheTablesIsAnInstruction() {
        final Set<String> instructions =
                Stream.of(Op.values()).map(Op::mnemonic).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(instructions, new TreeSet<>(Forms.mnemonics()));
    }

    @Test
    @Tag("arm-assemblers")
    void oneWrongBitIsCaught() throws Exception {
        final List<Instruction> instructions = List.of(
                Instruction.of(Op.NOP),
                Instruction.of(Op.SMOPA, Tile.s(1), P.p(2).merging(), P.p(3).merging(), Z.b(4), Z.b(5)));
        final byte[] right = encoded(instructions);
        assertEquals(List.of(), differences(Judge.LLVM, instructions, right));
        for (int bit = 0; bit < 8 * Instruction.BYTES; bit++) {
            final byte[] wrong = right.clone();
            wrong[Instruction.BYTES + bit / 8] ^= (byte) (1 << (bit % 8));
            final List<String> differences = differences(Judge.LLVM, instructions, wrong);
            assertEquals(1, differences.size(), "bit " + bit);
            assertTrue(differences.getFirst().contains("smopa za1.s, p2/m, p3/m, z4.b, z5.b"), differences.getFirst());
        }
    }

    private static Stream<Form> forms() {
        return Stream.of(Op.values()).flatMap(op -> op.forms().stream());
    }

    static Stream<Instruction> instructions(Form form) {
        final Op op = Stream.of(Op.values())
                .filter(candidate -> candidate.mnemonic().equals(form.mnemonic()))
                .findFirst()
                .orElseThrow();
        return Samples.of(form)
                .map(operands -> new Instruction(op, operands, ""))
                .flatMap(instruction -> op == Op.MOVPRFX ? withFollower(instruction) : Stream.of(instruction));
    }

    /** After a movprfx LLVM wants an instruction that writes the same register, under the same predicate. */
    private static Stream<Instruction> withFollower(Instruction movprfx) {
        final Z target = (Z) movprfx.operands().getFirst();
        final Z sized = target.as(target.size().orElse(ElementSize.S));
        final P predicate =
                movprfx.operands().size() == 3 ? (P) movprfx.operands().get(1) : P.p(0);
        final Z other = new Z((target.index() + 1) % 32, sized.size());
        return Stream.of(movprfx, Instruction.of(Op.ADD, sized, predicate.merging(), sized, other));
    }

    /** Labels stand at the instruction itself; {@link AssemblerTest} has their distances. */
    private static byte[] encoded(List<Instruction> instructions) {
        final ByteBuffer out = buffer(instructions.size());
        instructions.forEach(instruction -> out.put(instruction.encoding().bytes(0)));
        return bytes(out);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        final byte[] bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        return bytes;
    }

    private static ByteBuffer buffer(int instructions) {
        return ByteBuffer.allocate(Instruction.BYTES * instructions).order(ByteOrder.LITTLE_ENDIAN);
    }

    private List<String> differences(Judge judge, List<Instruction> instructions, byte[] ours)
            throws IOException, InterruptedException {
        final StringBuilder source = new StringBuilder();
        for (final Instruction instruction : instructions) {
            source.append(instruction.text().replace(Samples.HERE.text(), ".")).append('\n');
        }
        return differences(judge, source.toString(), ours);
    }

    /** What differs from the judge: instruction, our bytes, its bytes. */
    private List<String> differences(Judge judge, String source, byte[] ours) throws IOException, InterruptedException {
        final byte[] theirs = judge.assemble(folder, source);
        final List<String> texts = source.lines().toList();
        assertEquals(theirs.length, ours.length);
        final List<String> differences = new ArrayList<>();
        for (int i = 0; i < texts.size() && differences.size() < SOME; i++) {
            final int from = i * Instruction.BYTES;
            if (!Arrays.equals(ours, from, from + Instruction.BYTES, theirs, from, from + Instruction.BYTES)) {
                differences.add(
                        "%n%s: %s, %s has %s".formatted(texts.get(i), hex(ours, from), judge, hex(theirs, from)));
            }
        }
        return differences;
    }

    private static String hex(byte[] bytes, int from) {
        return HexFormat.of().formatHex(bytes, from, from + Instruction.BYTES);
    }
}
