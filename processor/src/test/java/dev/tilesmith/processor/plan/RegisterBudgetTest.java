package dev.tilesmith.processor.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.check.Checker;
import dev.tilesmith.processor.lower.aarch64.NeonFamilyCode;
import dev.tilesmith.processor.lower.x86.FamilyCode;
import dev.tilesmith.processor.lower.x86.Isa;
import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Formats;
import dev.tilesmith.processor.model.TileRequest;
import dev.tilesmith.processor.program.BlockPrograms;
import dev.tilesmith.processor.program.F32Programs;
import dev.tilesmith.processor.program.Int4Programs;
import dev.tilesmith.processor.program.Int4Programs.Scales;
import dev.tilesmith.processor.program.Int8Programs;
import dev.tilesmith.processor.program.Int8Programs.Scheme;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.processor.program.TwoBitPrograms;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every tile around the budget of every target: it is accepted exactly if its program fits the registers. */
class RegisterBudgetTest {
    private static final int MAX_MR = 40;
    private static final int MAX_VECTORS = 20;

    static List<Target> targets() {
        return SupportedFormats.targets(new Formats(Format.F32, Format.F32, Format.F32));
    }

    /** Those whose tiles load and broadcast in the program's order. */
    static List<Target> broadcasting() {
        return targets().stream()
                .filter(target -> RegisterModel.of(target).engine() == RegisterModel.Engine.BROADCAST)
                .toList();
    }

    /** Bounding results takes the bound, the larger and a mask: one more than a step that broadcasts has to spare. */
    private static int spare(Target target) {
        return target == Target.AVX2 ? 1 : 0;
    }

    /** The most registers that hold something at once in a step of the program, counted from its operations. */
    private static int live(int mr, int vectors, int lanes) {
        final List<Op> step = F32Programs.tile(mr, vectors, lanes, true, true).step();
        final Map<Register, Integer> lastRead = new HashMap<>();
        final Set<Register> sums = new HashSet<>();
        for (int at = 0; at < step.size(); at++) {
            if (step.get(at) instanceof Op.FusedMultiplyAdd(Register sum, Register a, Register b)) {
                sums.add(sum);
                lastRead.put(a, at);
                lastRead.put(b, at);
            }
        }
        final Set<Register> held = new HashSet<>();
        int most = 0;
        for (int at = 0; at < step.size(); at++) {
            switch (step.get(at)) {
                case Op.Load(Register to, var _) -> held.add(to);
                case Op.Broadcast(Register to, var _) -> held.add(to);
                default -> {}
            }
            most = Math.max(most, sums.size() + held.size());
            final int now = at;
            held.removeIf(register -> lastRead.getOrDefault(register, now) == now);
        }
        return most;
    }

    @ParameterizedTest
    @MethodSource("broadcasting")
    void acceptsWhatFits(Target target) {
        final RegisterModel model = RegisterModel.of(target);
        for (int vectors = 1; vectors <= MAX_VECTORS; vectors++) {
            for (int mr = 1; mr <= MAX_MR; mr++) {
                final boolean fits = live(mr, vectors, model.lanes()) + spare(target) <= model.registers()
                        && mr <= model.maxMr()
                        && vectors <= model.maxVectors();
                assertEquals(fits, isSound(target, mr, vectors * model.lanes()), target + " " + mr + "x" + vectors);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void acceptsWholeVectorsAlone(Target target) {
        final RegisterModel model = RegisterModel.of(target);
        for (int nr = -2 * model.lanes(); nr <= model.widest() + 2 * model.lanes(); nr++) {
            final boolean whole = nr >= 0 && nr % model.lanes() == 0 && nr <= model.widest();
            assertEquals(whole, isSound(target, 1, nr), target + " nr = " + nr);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void plansWhatItAccepts(Target target) {
        final RegisterModel model = RegisterModel.of(target);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            final List<Integer> mrs = family(target, List.of(), nr).mrs();
            final List<Integer> expected = model.engine() == RegisterModel.Engine.OUTER_PRODUCT
                    ? List.of(1, model.tallest(nr))
                    : IntStream.rangeClosed(1, mrs.size()).boxed().toList();
            assertEquals(expected, mrs, "no row is left without a tile of its own, but where predicates end tiles");
            assertTrue(isSound(target, mrs.getLast(), nr), target + " " + mrs.getLast() + "x" + nr);
        }
    }

    static Stream<Target> machineCode() {
        return Stream.of(Target.AVX2, Target.AVX512_VNNI, Target.NEON_DOTPROD);
    }

    @ParameterizedTest
    @MethodSource("machineCode")
    void assemblesWhatItAccepts(Target target) {
        final RegisterModel model = RegisterModel.of(target);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = F32Programs.tile(mr, nr / model.lanes(), model.lanes(), true, true);
                assertDoesNotThrow(() -> assemble(target, program), target + " " + program.mr() + "x" + nr);
            }
        }
    }

    private static int assemble(Target target, Program program) {
        return switch (target) {
            case AVX2 ->
                FamilyCode.assemble(Isa.AVX2, program.nr(), List.of(program)).size();
            case AVX512_VNNI ->
                FamilyCode.assemble(Isa.AVX512, program.nr(), List.of(program)).size();
            default -> NeonFamilyCode.assemble(List.of(program)).size();
        };
    }

    /** Tables, a mask and halves of weights are registers too. */
    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"AVX512_VNNI", "AVX_VNNI", "AVX512", "AVX2"})
    void assemblesTwoBitsThatItAccepts(Target target) {
        final RegisterModel model = RegisterModel.of(target, Format.QSU2CX);
        final boolean pairs = target == Target.AVX512 || target == Target.AVX2;
        final TwoBitPrograms.Scheme scheme = pairs ? TwoBitPrograms.Scheme.PAIRED_QUADS : TwoBitPrograms.Scheme.QUADS;
        final Isa isa =
                switch (target) {
                    case AVX2 -> Isa.AVX2;
                    case AVX_VNNI -> Isa.AVX_VNNI;
                    default -> Isa.AVX512;
                };
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = TwoBitPrograms.tile(scheme, mr, nr / model.lanes(), model.lanes(), true, true);
                assertDoesNotThrow(
                        () -> FamilyCode.assemble(isa, program.nr(), List.of(program)), program.mr() + "x" + nr);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"NEON_DOTPROD", "NEON_I8MM"})
    void assemblesTwoBitsThatItAcceptsOnArm(Target target) {
        final RegisterModel model = RegisterModel.of(target, Format.QSU2CX);
        final TwoBitPrograms.Scheme scheme =
                target == Target.NEON_I8MM ? TwoBitPrograms.Scheme.BLOCKS : TwoBitPrograms.Scheme.SIGNED_QUADS;
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = TwoBitPrograms.tile(scheme, mr, nr / model.lanes(), 4, true, true);
                assertDoesNotThrow(() -> NeonFamilyCode.assemble(List.of(program)), program.mr() + "x" + nr);
            }
        }
    }

    /** Blocks of two rows and two columns, whatever the rows. */
    @Test
    void assemblesBlocksThatItAccepts() {
        final RegisterModel model = RegisterModel.of(Target.NEON_I8MM);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = Int8Programs.tile(Scheme.BLOCKS, mr, nr / model.lanes(), 4, true, true);
                assertDoesNotThrow(() -> NeonFamilyCode.assemble(List.of(program)), program.mr() + "x" + nr);
            }
        }
    }

    /** The same with weights of four bits, whether or not blocks have scales. */
    @ParameterizedTest
    @EnumSource(Scales.class)
    void assemblesBlocksOfInt4ThatItAccepts(Scales scales) {
        final Format rhs = scales == Scales.OF_CHANNELS ? Format.QSI4CX : Format.QSI4C32;
        final RegisterModel model = RegisterModel.of(Target.NEON_I8MM, rhs);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program =
                        Int4Programs.tile(Int4Programs.Scheme.BLOCKS, scales, mr, nr / model.lanes(), 4, true, true);
                assertDoesNotThrow(() -> NeonFamilyCode.assemble(List.of(program)), program.mr() + "x" + nr);
            }
        }
    }

    /** Blocks that both sides have scales for, with minima and without, and of weights of eight bits. */
    @ParameterizedTest
    @MethodSource("paired")
    void assemblesPairedBlocksThatItAccepts(Target target, Format rhs) {
        final RegisterModel model = RegisterModel.of(target, rhs);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = paired(target, rhs, mr, nr / model.lanes());
                assertDoesNotThrow(() -> NeonFamilyCode.assemble(List.of(program)), program.mr() + "x" + nr);
            }
        }
    }

    static Stream<Arguments> paired() {
        return Stream.of(Target.NEON_DOTPROD, Target.NEON_I8MM)
                .flatMap(target -> Stream.of(Format.QSI4C32, Format.QAI4C32, Format.QSI8D32)
                        .map(rhs -> Arguments.of(target, rhs)));
    }

    private static Program paired(Target target, Format rhs, int mr, int vectors) {
        final boolean pairs = target == Target.NEON_I8MM;
        return rhs == Format.QSI8D32
                ? BlockPrograms.int8(pairs ? Scheme.BLOCKS : Scheme.SIGNED_QUADS, mr, vectors, 4, true, true)
                : BlockPrograms.int4(
                        pairs ? Int4Programs.Scheme.BLOCKS : Int4Programs.Scheme.QUADS,
                        rhs == Format.QAI4C32,
                        mr,
                        vectors,
                        4,
                        true,
                        true);
    }

    /** The tiles of outer products are what ZA has room for; rows are what is packed together. */
    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"SME", "SME2"})
    void acceptsRowsThatAreOneGroup(Target target) {
        for (int mr = 1; mr <= 2 * RegisterModel.of(target).maxMr(); mr++) {
            assertEquals(mr <= RegisterModel.of(target).maxMr(), isSound(target, mr, 0), target + " mr = " + mr);
        }
    }

    private static FamilyPlan family(Target target, List<Integer> mr, int nr) {
        final Declaration declaration = Declarations.f32(new TileRequest(target, mr, nr));
        return Planner.plan(declaration).families().stream()
                .filter(family -> family.target() == target)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isSound(Target target, int mr, int nr) {
        return Checker.check(Declarations.f32(new TileRequest(target, List.of(mr), nr)))
                .isEmpty();
    }
}
