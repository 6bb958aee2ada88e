package dev.tilesmith.processor.asm.aarch64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.asm.CpuNeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Operands that no form takes are refused, by name, value and range. */
final class RefusalTest {
    @Test
    void everyFormRefusesWhatIsBeyondItsFields() {
        int tried = 0;
        for (final Op op : Op.values()) {
            for (final Form form : op.forms()) {
                final List<Operand> right = Samples.of(form).findFirst().orElseThrow();
                for (int i = 0; i < right.size(); i++) {
                    for (final Operand wrong : beyond(form.operands().get(i), right.get(i))) {
                        final List<Operand> operands = new ArrayList<>(right);
                        operands.set(i, wrong);
                        final Form.Mismatch mismatch = form.mismatch(operands).orElseThrow();
                        assertEquals(i, mismatch.position(), form.line() + " " + operands);
                        assertEquals(form.operands().get(i).describe(), mismatch.wanted());
                        assertTrue(form.fit(operands).isEmpty(), form.line() + " " + operands);
                        tried++;
                    }
                }
            }
        }
        assertTrue(tried > 1000, "tried " + tried);
    }

    /** What is chosen by, and what is put into words, are two readings of a form. */
    @Test
    void formsOfAnInstructionFitWhereNothingMismatches() {
        int fitted = 0;
        for (final Op op : Op.values()) {
            for (final Form one : op.forms()) {
                for (final List<Operand> operands : Samples.of(one).toList()) {
                    for (final Form other : op.forms()) {
                        final boolean fits = other.fit(operands).isPresent();
                        assertEquals(other.mismatch(operands).isEmpty(), fits, () -> other.line() + " " + operands);
                        fitted += fits ? 1 : 0;
                    }
                }
            }
        }
        assertTrue(fitted > 1000, "fitted " + fitted);
    }

    /** The same operand with a number just out of range, or between multiples. */
    private static List<Operand> beyond(Pattern pattern, Operand right) {
        return switch (pattern) {
            case Pattern.Constant p ->
                outside(p.value()).mapToObj(v -> (Operand) Imm.imm(v)).toList();
            case Pattern.Away p ->
                outside(p.distance())
                        .filter(distance -> distance != 0)
                        .mapToObj(distance -> moved((Mem) right, distance))
                        .toList();
            case Pattern.Modified p ->
                outside(p.amount())
                        .mapToObj(v -> (Operand) new Modifier(p.kind(), (int) v))
                        .toList();
            case Pattern.Numbered p ->
                outside(p.index())
                        .boxed()
                        .flatMap(index -> renumbered((Register) right, index.intValue()).stream())
                        .toList();
            case Pattern.Lane p ->
                outside(p.lane())
                        .filter(lane -> lane >= 0 && lane < 256)
                        .mapToObj(lane -> (Operand) new Element(((Element) right).of(), (int) lane))
                        .toList();
            default -> List.of();
        };
    }

    private static LongStream outside(Value value) {
        return LongStream.of(
                        value.min() - Math.abs(value.scale()),
                        value.max() + Math.abs(value.scale()),
                        value.min() - 1,
                        value.max() + 1,
                        value.min() + 1,
                        1 << 20)
                .filter(number -> !value.contains(number));
    }

    private static Operand moved(Mem right, long distance) {
        return switch (right) {
            case Mem.Offset mem -> new Mem.Offset(mem.base(), distance);
            case Mem.Vectors mem -> new Mem.Vectors(mem.base(), distance);
            case Mem.Before mem -> new Mem.Before(mem.base(), distance);
            case Mem.After mem -> new Mem.After(mem.base(), distance);
            case Mem.AfterBy _, Mem.Indexed _ -> throw new IllegalArgumentException(right + " has no distance");
        };
    }

    private static Optional<Operand> renumbered(Register right, int index) {
        try {
            return Optional.of(
                    switch (right) {
                        case Gpr gpr -> new Gpr(index, gpr.bits(), false);
                        case Scalar scalar -> new Scalar(scalar.size(), index);
                        case V v -> new V(index, v.arrangement());
                        case Z z -> new Z(index, z.size());
                        case P p -> new P(index, p.use());
                        case Pn pn -> new Pn(index, pn.use());
                        case Tile tile -> new Tile(index, tile.size());
                    });
        } catch (IllegalArgumentException noSuchRegister) {
            return Optional.empty();
        }
    }

    @Test
    void constantTooLarge() {
        assertRefused(
                "add x0, x1, #4096: operand 3 is #4096; it must be constant 0 to 4095",
                Op.ADD,
                Gpr.x(0),
                Gpr.x(1),
                Imm.imm(4096));
        assertRefused("operand 2 is #65536; it must be constant 0 to 65535", Op.MOVZ, Gpr.x(0), Imm.imm(65536));
        assertRefused(
                "operand 3 is #5; it must be constant whose 64 bits are one run of ones",
                Op.AND,
                Gpr.x(0),
                Gpr.x(1),
                Imm.imm(5));
        assertRefused("operand 3 is #0; it must be constant 1 to 8", Op.SSHR, V.b16(0), V.b16(1), Imm.imm(0));
    }

    @Test
    void distanceOutOfRange() {
        assertRefused(
                "operand 2 is [x1, #32768]; it must be [base, #distance] with a distance of a multiple of 8 from 0 to"
                        + " 32760",
                Op.LDR,
                Gpr.x(0),
                Mem.at(Gpr.x(1), 32768));
        assertRefused(
                "operand 3 is [x2, #16, mul vl]; it must be [base, #distance, mul vl] with a distance of a multiple of"
                        + " 2 from -16 to 14",
                Op.LD1W,
                RegisterList.list(Z.s(0), 2),
                Pn.pn(8).zeroing(),
                Mem.vectors(Gpr.x(2), 16));
    }

    @Test
    void registerTheFieldCannotName() {
        assertRefused(
                "operand 2 is p8/m; it must be p0/m to p7/m",
                Op.FMOPA,
                Tile.s(0),
                P.p(8).merging(),
                P.p(0).merging(),
                Z.s(0),
                Z.s(1));
        assertRefused(
                "operand 2 is pn7/z; it must be",
                Op.LD1W,
                RegisterList.list(Z.s(0), 2),
                Pn.pn(7).zeroing(),
                Mem.at(Gpr.x(0)));
        assertRefused(
                "operand 1 is {z1.s, z2.s}; it must be",
                Op.LD1W,
                RegisterList.list(Z.s(1), 2),
                Pn.pn(8).zeroing(),
                Mem.at(Gpr.x(0)));
        assertRefused("operand 3 is v16.h[0]; it must be", Op.FMLA, V.h8(0), V.h8(1), new V(16, Arrangement.H).lane(0));
        assertRefused(
                "operand 1 is za.s[w12, 0, vgx2]; it must be",
                Op.FADD,
                ZaVectors.za(ElementSize.S, Gpr.w(12), 0, 2),
                RegisterList.list(Z.s(0), 2));
    }

    @Test
    void widthsThatDiffer() {
        assertRefused("operand 3 is w2; it must be", Op.MADD, Gpr.x(0), Gpr.x(1), Gpr.w(2), Gpr.x(3));
        assertRefused("operand 3 is v2.8h; it must be", Op.FMLA, V.s4(0), V.s4(1), V.h8(2));
    }

    @Test
    void operandsThatMustBeTheSame() {
        assertRefused(
                "operand 3 is z2.s; it must be one whose Zdn is 1",
                Op.FMAXNM,
                Z.s(1),
                P.p(0).merging(),
                Z.s(2),
                Z.s(3));
        assertRefused(
                "operand 2 is [x0, #2, mul vl]; it must be one whose off is 1",
                Op.LDR,
                ZaVectors.za(Gpr.w(12), 1),
                Mem.vectors(Gpr.x(0), 2));
    }

    @Test
    void basesThatMoveAndAreLoaded() {
        assertRefused(
                "operand 2 is [x0], #8; it must be an address whose base is not among the registers",
                Op.LDR,
                Gpr.x(0),
                Mem.after(Gpr.x(0), 8));
        assertRefused(
                "operand 3 is [x1, #16]!; it must be an address whose base is not among the registers",
                Op.STP,
                Gpr.x(0),
                Gpr.x(1),
                Mem.before(Gpr.x(1), 16));
        assertRefused(
                "operand 2 is q3; it must be a register other than the first",
                Op.LDP,
                Scalar.q(3),
                Scalar.q(3),
                Mem.at(Gpr.SP));
    }

    @Test
    void tooFewAndTooManyOperands() {
        assertRefused("operand 3 is missing; it must be", Op.ADD, Gpr.x(0), Gpr.x(1));
        assertRefused("operand 1 is x0; it must be nothing", Op.NOP, Gpr.x(0));
    }

    @Test
    void writingWhatCanOnlyBeRead() {
        assertRefused(
                "operand 1 is ctr_el0; it must be system register that can be written",
                Op.MSR,
                SystemRegister.CTR_EL0,
                Gpr.x(0));
    }

    @Test
    void impossibleOperands() {
        assertSays("index of an x register is 31; it must be 0 to 30", () -> Gpr.x(31));
        assertSays("index of a general register is 32", () -> new Gpr(32, 64, false));
        assertSays("width of a general register is 16", () -> new Gpr(0, 16, false));
        assertSays("index of the stack pointer is 3", () -> new Gpr(3, 64, true));
        assertSays("index of a z register is -1", () -> Z.s(-1));
        assertSays("index of a SIMD register is 32", () -> V.s4(32));
        assertSays("index of a tile of s elements is 4; it must be 0 to 3", () -> Tile.s(4));
        assertSays("index of a predicate register is 16", () -> P.p(16));
        assertSays("base of an address is w1; it must be x0 to x30 or sp", () -> Mem.at(Gpr.w(1)));
        assertSays("base of an address is xzr", () -> Mem.at(Gpr.XZR));
        assertSays("number of registers in a list is 5", () -> RegisterList.list(Z.s(0), 5));
        assertSays("first of a list is x0", () -> RegisterList.list(Gpr.x(0), 2));
        assertSays("name of a label is \"a b\"", () -> new Label("a b"));
    }

    @Test
    void tablesThatAreWrong() {
        for (final String line : List.of(
                "add Xd = 1 Rd:5",
                "add Xd = 000000000000000000000000000 Rm:5",
                "add Xd = 0000000000000000000000 Rm:5 Rd:5",
                "add Xd, oops = 000000000000000000000000000 Rd:5")) {
            assertThrows(IllegalArgumentException.class, () -> FormParser.parse(CpuNeeds.NONE, line), line);
        }
        for (final String table : List.of("@none add Xd = 0", "set a b c = 1 2 / 3")) {
            assertThrows(IllegalArgumentException.class, () -> FormTable.read(CpuNeeds.NONE, table), table);
        }
        assertEquals(
                List.of("add x0 to x30 or xzr", "sub x0 to x30 or xzr"),
                FormTable.read(
                                CpuNeeds.NONE,
                                "set o m b = add 0 / sub 1\n@o <m> Xd = <b> 00000000000000000000000000 Rd:5")
                        .stream()
                        .map(FormLine::parsed)
                        .map(form -> form.mnemonic() + " "
                                + form.operands().getFirst().describe())
                        .toList());
    }

    private static void assertRefused(String words, Op op, Operand... operands) {
        assertSays(words, () -> Instruction.of(op, operands));
    }

    private static void assertSays(String words, Executable call) {
        final String message =
                assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(words), message);
    }
}
