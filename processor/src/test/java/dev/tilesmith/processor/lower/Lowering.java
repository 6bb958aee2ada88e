package dev.tilesmith.processor.lower;

import com.palantir.javapoet.CodeBlock;
import dev.tilesmith.processor.lower.vectorapi.Dialect;
import dev.tilesmith.processor.lower.vectorapi.F32FinishSource;
import dev.tilesmith.processor.lower.vectorapi.F32Source;
import dev.tilesmith.processor.lower.vectorapi.IntegerSource;
import dev.tilesmith.processor.lower.vectorapi.LhsRows;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.model.Subject;
import dev.tilesmith.processor.operation.matmul.MatMulOperation;
import dev.tilesmith.processor.product.emit.TilePrograms;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.plan.FamilyPlan;
import dev.tilesmith.processor.product.plan.KernelPlan;
import dev.tilesmith.processor.product.plan.Planner;
import dev.tilesmith.processor.product.recipe.Recipe;
import dev.tilesmith.processor.product.recipe.Recipes;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Schedule;
import dev.tilesmith.spec.Target;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How a target emits one program of a declaration, with bias and bounds. */
final class Lowering {
    /** Rows, in Java: at any distance. */
    private static final LhsRows LHS = LhsRows.dense(16);

    /** Rows of the tile that is looked at. */
    private static final int MR = 2;

    private final KernelPlan plan;
    private final FamilyPlan family;
    private final TilePrograms tiles;
    private final Schedule schedule;
    private final UnaryOperator<Program> before;

    private Lowering(KernelPlan plan, FamilyPlan family, Schedule schedule, UnaryOperator<Program> before) {
        this.plan = plan;
        this.family = family;
        this.schedule = schedule;
        this.tiles = new TilePrograms(plan, family);
        this.before = before;
    }

    /** The combinations whose programs differ: those that the runtime rounds have the programs of f32. */
    static Stream<Recipe> recipes() {
        return Recipes.all().stream().filter(recipe -> switch (recipe.dst()) {
            case F16, BF16 -> false;
            case F32, INT8, SUMS -> true;
        });
    }

    /** The targets of a combination of formats. */
    static Stream<Target> targets(Formats formats, Optional<Format> scales) {
        return plan(formats, scales).families().stream().map(FamilyPlan::target);
    }

    /** Of a combination of formats on a target. */
    static Lowering of(Formats formats, Optional<Format> scales, Target target) {
        return of(plan(formats, scales), target);
    }

    /** The combinations for which targets may have an order of their own. */
    static Stream<KernelPlan> fast() {
        return Stream.of(Format.F32, Format.BF16)
                .map(dst -> plan(
                        new Formats(Format.BF16, Format.BF16, dst), Optional.empty(), Activation.NONE, Numerics.FAST));
    }

    /** What a family of a plan is emitted as. */
    static Lowering of(KernelPlan plan, FamilyPlan family) {
        return new Lowering(plan, family, Schedule.DEFAULT, UnaryOperator.identity());
    }

    /** The families of a plan that have an order of their own. */
    static Stream<FamilyPlan> inOrderOfTheirOwn(KernelPlan plan) {
        return plan.families().stream()
                .filter(family -> family.contraction().product().hasOrderOfItsOwn());
    }

    /** The same with an activation. */
    static Lowering of(Formats formats, Optional<Format> scales, Activation activation, Target target) {
        return of(plan(formats, scales, activation), target);
    }

    private static Lowering of(KernelPlan plan, Target target) {
        final FamilyPlan family = plan.families().stream()
                .filter(candidate -> candidate.target() == target)
                .findFirst()
                .orElseThrow();
        return of(plan, family);
    }

    /** The plan of a combination of formats. */
    static KernelPlan plan(Formats formats, Optional<Format> scales) {
        return plan(formats, scales, Activation.NONE);
    }

    private static KernelPlan plan(Formats formats, Optional<Format> scales, Activation activation) {
        return plan(formats, scales, activation, Numerics.REPRODUCIBLE);
    }

    private static KernelPlan plan(Formats formats, Optional<Format> scales, Activation activation, Numerics numerics) {
        final Subject subject = new Subject(
                "example",
                "Linear",
                "interface",
                true,
                true,
                false,
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return Planner.plan(new Declaration(
                new MatMulOperation().kernelType(),
                subject,
                new Scope(25, "", true, true, Set.of()),
                formats.lhs(),
                formats.rhs(),
                formats.dst(),
                scales,
                numerics,
                true,
                activation,
                true,
                List.of(),
                List.of(),
                Optional.empty()));
    }

    /** Formats of scales that a combination may be declared with. */
    static Stream<Optional<Format>> scales(Recipe recipe) {
        return recipe.scaleFormats().isEmpty()
                ? Stream.of(Optional.empty())
                : recipe.scaleFormats().stream().map(Optional::of);
    }

    /** The same of what {@code change} makes of each program. */
    Lowering after(UnaryOperator<Program> change) {
        return new Lowering(plan, family, schedule, change);
    }

    /** How loops may go along K. */
    Stream<Schedule> schedules() {
        return family.kernelTarget().schedules(family.contraction()).stream();
    }

    /** The same with loops that go so. */
    Lowering by(Schedule other) {
        return new Lowering(plan, family, other, before);
    }

    /** How loops go along K. */
    Schedule schedule() {
        return schedule;
    }

    /** The programs that the target has: of one tile of all columns, of outer products, of a row. */
    Stream<Program> programs() {
        return switch (family.kernelTarget()) {
            case JavaTarget _ -> Stream.of(tiles.tile(MR));
            case MachineTarget target -> {
                final List<Program> all = target.programs(tiles);
                yield all.stream().anyMatch(Lowering::isOuter) ? all.stream() : Stream.of(tiles.tile(MR));
            }
        };
    }

    private static boolean isOuter(Program program) {
        return program.contraction().product().isOuter();
    }

    /** What is emitted for a program: machine code in hexadecimal, or source. */
    String emit(Program program) {
        final Program given = before.apply(program);
        return switch (family.kernelTarget()) {
            case JavaTarget _ -> java(given);
            case MachineTarget target ->
                HexFormat.of()
                        .formatHex(target.assemble(family.nr(), withOuter(target, given), schedule)
                                .bytes());
        };
    }

    /** Where there are outer products, the code of a row comes along with them. */
    private List<Program> withOuter(MachineTarget target, Program given) {
        return Stream.concat(
                        target.programs(tiles).stream()
                                .filter(Lowering::isOuter)
                                .filter(_ -> given.mr() == 1)
                                .limit(1),
                        Stream.of(given))
                .toList();
    }

    private String java(Program given) {
        return switch (family.contraction().rhs().stored()) {
            case F32, F16, BF16 -> floats(given);
            case INT8, NIBBLES, TWO_BITS -> {
                final IntegerSource source = new IntegerSource(given, LHS);
                final CodeBlock sums = family.contraction().hasTotals() ? source.addToTotals() : source.addToSums();
                yield sums + source.activate().map(CodeBlock::toString).orElse("");
            }
        };
    }

    private static String floats(Program given) {
        final Dialect dialect =
                given.lanes() == 1 ? new Dialect.Scalar() : new Dialect.Vector(given.lanes() * Float.SIZE);
        final F32FinishSource finish = new F32FinishSource(given, dialect);
        return new F32Source(given, dialect, LHS).accumulate().toString()
                + finish.finish(F32FinishSource.Storage.ARRAY)
                + finish.finish(F32FinishSource.Storage.SEGMENT);
    }
}
