package dev.tilesmith.processor.product.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.processor.check.Checker;
import dev.tilesmith.processor.lower.MachineTarget;
import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.lower.vectorapi.Dialect;
import dev.tilesmith.processor.lower.vectorapi.F32Source;
import dev.tilesmith.processor.lower.vectorapi.LhsRows;
import dev.tilesmith.processor.operation.matmul.MatMulOperation;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Curve;
import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Epilogues;
import dev.tilesmith.processor.program.Finish;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.TileShape;
import dev.tilesmith.processor.targets.Targets;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every tile around the budget of every target: it is accepted exactly if its program fits the registers. */
class RegisterBudgetTest {
    private static final MatMulOperation MATMUL = new MatMulOperation();

    /** With the curve that wants the most registers. */
    private static final Finish FINISH = new Finish(true, Curve.GELU, true);

    private static final Pattern DECLARATION = Pattern.compile("final float (\\w+) =");
    private static final int MAX_MR = 40;
    private static final int MAX_VECTORS = 20;

    static List<Target> targets() {
        return Candidates.of(Declarations.f32(List.of(), List.of())).targets();
    }

    /** Those whose tiles load and broadcast in the program's order. */
    static List<Target> broadcasting() {
        return targets().stream()
                .filter(target -> f32(target).engine() == RegisterModel.Engine.BROADCAST)
                .toList();
    }

    private static RegisterModel model(Target target, Contraction contraction) {
        return Targets.of(target).registers(contraction);
    }

    private static RegisterModel f32(Target target) {
        return model(target, Contraction.f32(Product.FMA));
    }

    private static Contraction twoBits(Target target) {
        return Contraction.twoBits(
                Targets.of(target).multiplication().product(Stored.TWO_BITS).orElseThrow(), Order.PART_BY_PART);
    }

    /** Bounding results takes the bound, the larger and a mask: one more than a step that broadcasts has to spare. */
    private static int spare(Target target) {
        return target == Target.AVX2 ? 1 : 0;
    }

    /**
     * The most registers that hold something at once in a step, counted from what it is in Java: each value from where it is
     * declared to where it is named last, and the sums.
     */
    private static int live(int mr, int vectors, int lanes) {
        final String code = new F32Source(f32(mr, vectors, lanes), new Dialect.Scalar(), LhsRows.dense(1))
                .accumulate()
                .toString();
        final List<String> step = code.substring(code.indexOf("for ("), code.indexOf("}\n"))
                .lines()
                .toList();
        final Map<String, Integer> lastRead = new HashMap<>();
        for (int at = 0; at < step.size(); at++) {
            for (final String word : step.get(at).split("\\W+", -1)) {
                lastRead.put(word, at);
            }
        }
        final Set<String> held = new HashSet<>();
        int most = 0;
        for (int at = 0; at < step.size(); at++) {
            final Matcher declared = DECLARATION.matcher(step.get(at));
            if (declared.find()) {
                held.add(declared.group(1));
            }
            most = Math.max(most, mr * vectors + held.size());
            final int now = at;
            held.removeIf(name -> lastRead.get(name) == now);
        }
        return most;
    }

    private static Program f32(int mr, int vectors, int lanes) {
        final TileShape shape = new TileShape(mr, vectors, lanes);
        final Contraction contraction = Contraction.f32(Product.FMA);
        return new Program(shape, contraction, Epilogues.ofFloats(shape, contraction, FINISH));
    }

    /** A program of rows that are quantized as they come. */
    private static Program dynamic(Contraction contraction, int mr, int vectors, int lanes) {
        final TileShape shape = new TileShape(mr, vectors, lanes);
        return new Program(
                shape,
                contraction,
                contraction.hasTotals()
                        ? Epilogues.ofTotals(shape, contraction, FINISH)
                        : Epilogues.ofSums(shape, contraction, FINISH));
    }

    @ParameterizedTest
    @MethodSource("broadcasting")
    void acceptsWhatFits(Target target) {
        final RegisterModel model = f32(target);
        for (int vectors = 1; vectors <= MAX_VECTORS; vectors++) {
            for (int mr = 1; mr <= MAX_MR; mr++) {
                final boolean fits = mr * vectors <= model.registers() // not to write code of sums alone too many
                        && live(mr, vectors, model.lanes()) + spare(target) <= model.registers()
                        && mr <= model.maxMr()
                        && vectors <= model.maxVectors();
                assertEquals(fits, isSound(target, mr, vectors * model.lanes()), target + " " + mr + "x" + vectors);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void acceptsWholeVectorsAlone(Target target) {
        final RegisterModel model = f32(target);
        for (int nr = -2 * model.lanes(); nr <= model.widest() + 2 * model.lanes(); nr++) {
            final boolean whole = nr >= 0 && nr % model.lanes() == 0 && nr <= model.widest();
            assertEquals(whole, isSound(target, 1, nr), target + " nr = " + nr);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void plansWhatItAccepts(Target target) {
        final RegisterModel model = f32(target);
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
        final RegisterModel model = f32(target);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = f32(mr, nr / model.lanes(), model.lanes());
                assertDoesNotThrow(() -> assemble(target, program), target + " " + program.mr() + "x" + nr);
            }
        }
    }

    private static void assemble(Target target, Program program) {
        final MachineTarget machine = (MachineTarget) Targets.of(target);
        for (final Schedule schedule : machine.schedules(program.contraction())) {
            machine.assemble(program.nr(), List.of(program), schedule);
        }
    }

    /** Pairs of BF16 take what f32 does: every tile, with and without something to begin with, an activation, and bounds. */
    @Test
    void assemblesPairsOfBf16ThatItAccepts() {
        final Contraction pairs = Contraction.bf16(Product.BF16_DOT_OF_PAIRS);
        final RegisterModel model = model(Target.AVX512_BF16, pairs);
        assertEquals(f32(Target.AVX512_VNNI), model);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final TileShape shape = new TileShape(mr, nr / model.lanes(), model.lanes());
                for (final Contraction contraction : List.of(pairs, pairs.fromBiases())) {
                    final Finish finish = new Finish(contraction.beginsWithBias(), Curve.GELU, true);
                    final Program program =
                            new Program(shape, contraction, Epilogues.ofFloats(shape, contraction, finish));
                    assertDoesNotThrow(() -> assemble(Target.AVX512_BF16, program), program::print);
                }
            }
        }
    }

    /** Blocks of BF16 take what those of bytes do. */
    @Test
    void assemblesBlocksOfBf16ThatItAccepts() {
        final Contraction blocks = Contraction.bf16(Product.BF16_BLOCK_DOT);
        final RegisterModel model = model(Target.NEON_BF16, blocks);
        assertEquals(model(Target.NEON_I8MM, Contraction.int8(Product.BLOCK_DOT)), model);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final TileShape shape = new TileShape(mr, nr / model.lanes(), model.lanes());
                for (final Contraction contraction : List.of(blocks, blocks.fromBiases())) {
                    final Finish finish = new Finish(contraction.beginsWithBias(), Curve.GELU, true);
                    final Program program =
                            new Program(shape, contraction, Epilogues.ofFloats(shape, contraction, finish));
                    assertDoesNotThrow(() -> assemble(Target.NEON_BF16, program), program::print);
                }
            }
        }
    }

    /** Tables, a mask and halves of weights are registers too. */
    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"AVX512_VNNI", "AVX_VNNI", "AVX512", "AVX2"})
    void assemblesTwoBitsThatItAccepts(Target target) {
        final RegisterModel model = model(target, twoBits(target));
        final Contraction contraction = twoBits(target);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = dynamic(contraction, mr, nr / model.lanes(), model.lanes());
                assertDoesNotThrow(() -> assemble(target, program), program.mr() + "x" + nr);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"NEON_DOTPROD", "NEON_I8MM"})
    void assemblesTwoBitsThatItAcceptsOnArm(Target target) {
        final RegisterModel model = model(target, twoBits(target));
        final Contraction contraction = twoBits(target);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = dynamic(contraction, mr, nr / model.lanes(), 4);
                assertDoesNotThrow(() -> assemble(target, program), program.mr() + "x" + nr);
            }
        }
    }

    /** Blocks of two rows and two columns, whatever the rows. */
    @Test
    void assemblesBlocksThatItAccepts() {
        final RegisterModel model = model(Target.NEON_I8MM, Contraction.int8(Product.BLOCK_DOT));
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = dynamic(Contraction.int8(Product.BLOCK_DOT), mr, nr / model.lanes(), 4);
                assertDoesNotThrow(() -> assemble(Target.NEON_I8MM, program), program.mr() + "x" + nr);
            }
        }
    }

    /** The same with weights of four bits, whether or not blocks have scales. */
    @ParameterizedTest
    @MethodSource("int4Ends")
    void assemblesBlocksOfInt4ThatItAccepts(BlockEnd end) {
        final Contraction contraction = Contraction.int4(Product.BLOCK_DOT, Order.PART_BY_PART, end);
        final RegisterModel model = model(Target.NEON_I8MM, contraction);
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = dynamic(contraction, mr, nr / model.lanes(), 4);
                assertDoesNotThrow(() -> assemble(Target.NEON_I8MM, program), program.mr() + "x" + nr);
            }
        }
    }

    static Stream<BlockEnd> int4Ends() {
        return Stream.of(
                new BlockEnd.None(),
                new BlockEnd.OfWeights(BlockEnd.Scale.BF16),
                new BlockEnd.OfWeights(BlockEnd.Scale.F32));
    }

    /** Blocks that both sides have scales for, with minima and without, and of weights of eight bits. */
    @ParameterizedTest
    @MethodSource("paired")
    void assemblesPairedBlocksThatItAccepts(Target target, Format rhs) {
        final RegisterModel model = model(target, paired(target, rhs));
        for (int nr = model.lanes(); nr <= model.widest(); nr += model.lanes()) {
            for (int mr = 1; mr <= model.tallest(nr); mr++) {
                final Program program = paired(paired(target, rhs), mr, nr / model.lanes());
                assertDoesNotThrow(() -> assemble(target, program), program.mr() + "x" + nr);
            }
        }
    }

    static Stream<Arguments> paired() {
        return Stream.of(Target.NEON_DOTPROD, Target.NEON_I8MM)
                .flatMap(target -> Stream.of(Format.QSI4C32, Format.QAI4C32, Format.QSI8D32)
                        .map(rhs -> Arguments.of(target, rhs)));
    }

    private static Contraction paired(Target target, Format rhs) {
        final Recipe recipe =
                Recipes.of(new Formats(Format.QSI8D32, rhs, Format.F32)).orElseThrow();
        return recipe.contraction(Targets.of(target).multiplication(), recipe.scales(Optional.empty()))
                .orElseThrow();
    }

    private static Program paired(Contraction contraction, int mr, int vectors) {
        final TileShape shape = new TileShape(mr, vectors, 4);
        return new Program(shape, contraction, Epilogues.ofScaledTotals(shape, contraction, FINISH));
    }

    /** The tiles of outer products are what ZA has room for; rows are what is packed together. */
    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"SME", "SME2"})
    void acceptsRowsThatAreOneGroup(Target target) {
        for (int mr = 1; mr <= 2 * f32(target).maxMr(); mr++) {
            assertEquals(mr <= f32(target).maxMr(), isSound(target, mr, 0), target + " mr = " + mr);
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
        return new Checker<>(MATMUL.kernelType(), MATMUL.rules())
                .check(Declarations.f32(new TileRequest(target, List.of(mr), nr)))
                .isEmpty();
    }
}
